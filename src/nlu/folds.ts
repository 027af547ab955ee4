import { hashUnits, mixHash } from './entities/tagger/hash.ts';
import { createRandom, shuffledIndices } from './random.ts';

export interface Fold {
  readonly train: Uint32Array;
  readonly held: Uint32Array;
}

/**
 * Splits rows so that every class is spread evenly over the folds; a class of one example is never held out.
 *
 * A row's fold follows its text: a few rows more or less move few of the others, so that what two models make of what they
 * have not learned can be compared row by row.
 */
export function stratifiedFolds(
  texts: readonly string[],
  labels: ArrayLike<number>,
  count: number,
  seed: number,
): Fold[] {
  const hashes = texts.map((text) => mixHash(hashUnits(text, 0, text.length), seed) >>> 0);
  const ofClass = new Map<number, number[]>();
  for (const row of texts.keys()) {
    const label = labels[row] ?? 0;
    const rows = ofClass.get(label);
    if (rows) rows.push(row);
    else ofClass.set(label, [row]);
  }
  const foldOf = new Int32Array(texts.length).fill(-1);
  for (const rows of ofClass.values()) if (rows.length > 1) deal(rows, hashes, foldOf, count);
  return Array.from({ length: count }, (_, fold) => splitRows(texts.length, (row) => foldOf[row] === fold));
}

/** Gives each row of a class the fold that its hash asks for, or the next with room: no fold gets two rows more than another. */
function deal(rows: readonly number[], hashes: readonly number[], foldOf: Int32Array, count: number): void {
  const least = Math.floor(rows.length / count);
  let larger = rows.length % count;
  const sizes = new Uint32Array(count);
  for (const row of [...rows].sort((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0))) {
    let fold = (hashes[row] ?? 0) % count;
    while ((sizes[fold] ?? 0) >= (larger > 0 ? least + 1 : least)) fold = (fold + 1) % count;
    sizes[fold] = (sizes[fold] ?? 0) + 1;
    if (sizes[fold] === least + 1) larger -= 1;
    foldOf[row] = fold;
  }
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
