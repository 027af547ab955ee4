import { keepIfNear, type NeighbourBuffer } from './neighbours.ts';

/** Training utterances as sentence embeddings, one byte a number; rows are those of the model's utterances. */
export interface VectorIndex {
  readonly dimensions: number;
  readonly codes: Int8Array;
  readonly scales: Float32Array;
  /** Rows of each intent. */
  readonly rowsOf: readonly Uint32Array[];
}

/** An intent's first utterances stand for all of it: enough to tell how near a text comes. */
const MOST_OF_AN_INTENT = 300;
/** A text is compared with the utterances of its likeliest intents only. */
const INTENTS_COMPARED = 4;

/** @param vectors - Unit length in their first `dimensions` numbers. */
export function indexVectors(
  vectors: readonly Float32Array[],
  dimensions: number,
  intentOf: ArrayLike<number>,
  intents: number,
): VectorIndex {
  const codes = new Int8Array(vectors.length * dimensions);
  const scales = new Float32Array(vectors.length);
  for (const [row, vector] of vectors.entries()) {
    let largest = 0;
    for (let at = 0; at < dimensions; at += 1) largest = Math.max(largest, Math.abs(vector[at] ?? 0));
    const scale = largest / 127 || 1;
    scales[row] = scale;
    for (let at = 0; at < dimensions; at += 1)
      codes[row * dimensions + at] = Math.round((vector[at] ?? 0) / scale);
  }
  return { dimensions, codes, scales, rowsOf: rowsOfIntents(intentOf, intents) };
}

export function rowsOfIntents(intentOf: ArrayLike<number>, intents: number): readonly Uint32Array[] {
  const rows: number[][] = Array.from({ length: intents }, () => []);
  for (let row = 0; row < intentOf.length; row += 1) {
    const own = rows[intentOf[row] ?? 0];
    if (own && own.length < MOST_OF_AN_INTENT) own.push(row);
  }
  return rows.map((own) => Uint32Array.from(own));
}

/** Finds the utterances nearest to a vector among those of its likeliest intents. */
export function findNearVectors(
  index: VectorIndex,
  vector: Float32Array,
  probabilities: Float32Array,
  buffer: NeighbourBuffer,
): void {
  buffer.found = 0;
  for (const intent of likeliest(probabilities)) {
    for (const row of index.rowsOf[intent] ?? []) keepIfNear(buffer, row, similarity(index, row, vector));
  }
}

/** Four sums beside each other: one alone waits for itself at every step. */
function similarity({ dimensions, codes, scales }: VectorIndex, row: number, vector: Float32Array): number {
  const start = row * dimensions;
  const even = dimensions - (dimensions % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < even; at += 4) {
    a += (codes[start + at] ?? 0) * (vector[at] ?? 0);
    b += (codes[start + at + 1] ?? 0) * (vector[at + 1] ?? 0);
    c += (codes[start + at + 2] ?? 0) * (vector[at + 2] ?? 0);
    d += (codes[start + at + 3] ?? 0) * (vector[at + 3] ?? 0);
  }
  for (let at = even; at < dimensions; at += 1) a += (codes[start + at] ?? 0) * (vector[at] ?? 0);
  return (a + b + c + d) * (scales[row] ?? 0);
}

function likeliest(probabilities: Float32Array): number[] {
  const best: number[] = [];
  for (let place = 0; place < probabilities.length; place += 1) {
    let at = best.length;
    while (at > 0 && (probabilities[best[at - 1] ?? 0] ?? 0) < (probabilities[place] ?? 0)) at -= 1;
    if (at >= INTENTS_COMPARED) continue;
    best.splice(at, 0, place);
    if (best.length > INTENTS_COMPARED) best.pop();
  }
  return best;
}
