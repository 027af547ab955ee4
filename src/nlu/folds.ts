import { createRandom, shuffledIndices } from './random.ts';

export interface Fold {
  readonly train: Uint32Array;
  readonly held: Uint32Array;
}

/** Splits rows so that every class is spread over the folds; a class of one example is never held out. */
export function stratifiedFolds(labels: ArrayLike<number>, count: number, seed: number): Fold[] {
  const order = shuffledIndices(labels.length, createRandom(seed));
  const seen = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (let row = 0; row < labels.length; row += 1) {
    sizes.set(labels[row] ?? 0, (sizes.get(labels[row] ?? 0) ?? 0) + 1);
  }
  const foldOf = new Int32Array(labels.length);
  for (const row of order) {
    const label = labels[row] ?? 0;
    const place = seen.get(label) ?? label;
    foldOf[row] = sizes.get(label) === 1 ? -1 : place % count;
    seen.set(label, place + 1);
  }
  return Array.from({ length: count }, (_, fold) => splitRows(labels.length, (row) => foldOf[row] === fold));
}

/** Splits rows by class, so that each fold has never seen the classes that it holds out. */
export function classFolds(labels: ArrayLike<number>, classes: number, count: number, seed: number): Fold[] {
  const order = shuffledIndices(classes, createRandom(seed));
  const foldOf = new Int32Array(classes);
  for (const [place, label] of order.entries()) foldOf[label] = place % count;
  return Array.from({ length: count }, (_, fold) =>
    splitRows(labels.length, (row) => foldOf[labels[row] ?? 0] === fold),
  );
}

function splitRows(rows: number, isHeld: (row: number) => boolean): Fold {
  const train: number[] = [];
  const held: number[] = [];
  for (let row = 0; row < rows; row += 1) (isHeld(row) ? held : train).push(row);
  return { train: Uint32Array.from(train), held: Uint32Array.from(held) };
}
