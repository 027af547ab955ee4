import { paddedTo8 } from './encoder/dense-classifier.ts';
import { createMatrixKernel, type MatrixKernel, type MatrixProduct } from './encoder/matrix-kernel.ts';
import { highestPlaces } from './highest-places.ts';
import { keepNear, type NeighbourBuffer } from './neighbours.ts';

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
  const { kernel, places, blocks } = panelsOf(index);
  const { memory } = kernel;
  memory.set(vector.subarray(0, index.dimensions), places.vector);
  buffer.found = 0;
  let least = 0;
  for (const intent of highestPlaces(probabilities, INTENTS_COMPARED)) {
    const rows = index.rowsOf[intent];
    const block = blocks[intent];
    if (!rows || !block || rows.length === 0) continue;
    kernel.multiply(block);
    for (let at = 0; at < rows.length; at += 1) {
      const score = memory[places.scores + at] ?? 0;
      if (score > least) least = keepNear(buffer, rows[at] ?? 0, score);
    }
  }
}

/** The utterances that count, laid out for the matrix kernel: one product for each intent. */
interface Panels {
  readonly kernel: MatrixKernel;
  readonly places: { readonly vector: number; readonly scores: number };
  readonly blocks: readonly MatrixProduct[];
}

const known = new WeakMap<VectorIndex, Panels>();

/** Laid out when first asked for: a process that only ever takes the shortcut has no need of it. */
function panelsOf(index: VectorIndex): Panels {
  const panels = known.get(index) ?? layOut(index);
  known.set(index, panels);
  return panels;
}

function layOut(index: VectorIndex): Panels {
  let floats = 0;
  const reserve = (length: number): number => {
    floats += length;
    return floats - length;
  };
  const inner = index.dimensions + (index.dimensions % 2);
  const widths = index.rowsOf.map((rows) => paddedTo8(rows.length));
  const widest = Math.max(0, ...widths);
  const vector = reserve(inner);
  const scores = reserve(widest);
  const bias = reserve(widest);
  const blocks = widths.map((columns) => ({
    ...{ a: vector, aStride: inner, inner, rows: 1, relu: false },
    ...{ c: scores, cStride: columns, columns, bias },
    scales: reserve(columns),
    b: reserve((inner * columns) / 4),
  }));
  const kernel = createMatrixKernel(floats);
  for (const [intent, rows] of index.rowsOf.entries()) {
    const block = blocks[intent];
    if (block) fillBlock(kernel.memory, index, rows, block);
  }
  return { kernel, places: { vector, scores }, blocks };
}

function fillBlock(
  memory: Float32Array,
  { dimensions, codes, scales }: VectorIndex,
  rows: Uint32Array,
  { b, scales: scalesAt, inner }: { readonly b: number; readonly scales: number; readonly inner: number },
): void {
  const bytes = new Int8Array(memory.buffer, memory.byteOffset, memory.byteLength);
  for (const [column, row] of rows.entries()) {
    const to = b * 4 + (column - (column % 8)) * inner + (column % 8);
    for (let at = 0; at < dimensions; at += 1) bytes[to + at * 8] = codes[row * dimensions + at] ?? 0;
    memory[scalesAt + column] = scales[row] ?? 0;
  }
}
