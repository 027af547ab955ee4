import type { SparseMatrix } from './sparse-matrix.ts';

/** Training utterances by feature, so that the nearest ones to a vector are found without looking at all of them. */
export interface NeighbourIndex {
  readonly rows: number;
  /** Postings of feature f lie from `starts[f]` to `starts[f + 1]`. */
  readonly starts: Uint32Array;
  readonly postings: Uint32Array;
  readonly values: Float32Array;
}

/** Features in more than this share of the utterances say too little to be worth their postings. */
const MAX_SHARE = 0.1;

export function indexNeighbours(matrix: SparseMatrix): NeighbourIndex {
  const counts = new Uint32Array(matrix.columns + 1);
  for (const feature of matrix.indices) counts[feature] = (counts[feature] ?? 0) + 1;
  const limit = Math.max(20, matrix.rows * MAX_SHARE);
  const starts = new Uint32Array(matrix.columns + 1);
  for (let feature = 0; feature < matrix.columns; feature += 1) {
    const count = counts[feature] ?? 0;
    starts[feature + 1] = (starts[feature] ?? 0) + (count > limit ? 0 : count);
  }
  const next = starts.slice();
  const postings = new Uint32Array(starts[matrix.columns] ?? 0);
  const values = new Float32Array(postings.length);
  for (let row = 0; row < matrix.rows; row += 1) {
    for (let at = matrix.starts[row] ?? 0; at < (matrix.starts[row + 1] ?? 0); at += 1) {
      const feature = matrix.indices[at] ?? 0;
      if ((counts[feature] ?? 0) > limit) continue;
      const place = next[feature] ?? 0;
      postings[place] = row;
      values[place] = matrix.values[at] ?? 0;
      next[feature] = place + 1;
    }
  }
  return { rows: matrix.rows, starts, postings, values };
}

/** The rows most similar to a query, best first, with their cosines; reused from query to query. */
export interface NeighbourBuffer {
  readonly similarities: Float32Array;
  readonly rows: Uint32Array;
  readonly scores: Float32Array;
  /** How many of `rows` and `scores` count. */
  found: number;
}

export function createNeighbourBuffer(index: NeighbourIndex, most: number): NeighbourBuffer {
  return {
    similarities: new Float32Array(index.rows),
    rows: new Uint32Array(most),
    scores: new Float32Array(most),
    found: 0,
  };
}

/** Finds the rows nearest to the vector that `indices` and `values` hold from `from` to `to`. */
export function findNeighbours(
  index: NeighbourIndex,
  vector: { readonly indices: Uint32Array; readonly values: Float32Array },
  from: number,
  to: number,
  buffer: NeighbourBuffer,
): void {
  const { similarities } = buffer;
  similarities.fill(0);
  for (let at = from; at < to; at += 1) {
    const feature = vector.indices[at] ?? 0;
    const value = vector.values[at] ?? 0;
    const end = index.starts[feature + 1] ?? 0;
    for (let place = index.starts[feature] ?? 0; place < end; place += 1) {
      const row = index.postings[place] ?? 0;
      similarities[row] = (similarities[row] ?? 0) + value * (index.values[place] ?? 0);
    }
  }
  buffer.found = 0;
  for (let row = 0; row < index.rows; row += 1) keepIfNear(buffer, row, similarities[row] ?? 0);
}

/** Insertion into the short sorted list; of equals the earlier row stays first. */
export function keepIfNear(buffer: NeighbourBuffer, row: number, score: number): void {
  const { rows, scores } = buffer;
  const full = buffer.found === rows.length;
  if (score <= 0 || (full && score <= (scores[rows.length - 1] ?? 0))) return;
  let at = full ? rows.length - 1 : buffer.found;
  while (at > 0 && score > (scores[at - 1] ?? 0)) {
    rows[at] = rows[at - 1] ?? 0;
    scores[at] = scores[at - 1] ?? 0;
    at -= 1;
  }
  rows[at] = row;
  scores[at] = score;
  if (!full) buffer.found += 1;
}
