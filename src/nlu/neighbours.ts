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
  readonly rows: Uint32Array;
  readonly scores: Float32Array;
  /** How many of `rows` and `scores` count. */
  found: number;
}

export function createNeighbourBuffer(most: number): NeighbourBuffer {
  return { rows: new Uint32Array(most), scores: new Float32Array(most), found: 0 };
}

/** Finds the rows nearest to the sparse vector whose entries lie from `from` to `to`. */
export type NeighbourSearch = (
  vector: SparseVector,
  from: number,
  to: number,
  buffer: NeighbourBuffer,
) => void;

/** Entries of a sparse vector: features and their values. */
export interface SparseVector {
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** Looks at the postings one by one; `ngram-kernel.ts` does so several times faster. */
export function plainNeighbourSearch({ rows, starts, postings, values }: NeighbourIndex): NeighbourSearch {
  const similarities = new Float32Array(rows);
  return (vector, from, to, buffer) => {
    similarities.fill(0);
    for (let at = from; at < to; at += 1) {
      const feature = vector.indices[at] ?? 0;
      const value = vector.values[at] ?? 0;
      const end = starts[feature + 1] ?? 0;
      for (let place = starts[feature] ?? 0; place < end; place += 1) {
        const row = postings[place] ?? 0;
        similarities[row] = (similarities[row] ?? 0) + Math.fround(value * (values[place] ?? 0));
      }
    }
    buffer.found = 0;
    let least = 0;
    for (let row = 0; row < rows; row += 1) {
      const score = similarities[row] ?? 0;
      if (score > least) least = keepNear(buffer, row, score);
    }
  };
}

/**
 * Insertion into the short sorted list; of equals the earlier row stays first.
 *
 * @returns What the next row's score must exceed to be kept.
 */
export function keepNear(buffer: NeighbourBuffer, row: number, score: number): number {
  const { rows, scores } = buffer;
  let at = buffer.found < rows.length ? buffer.found++ : rows.length - 1;
  while (at > 0 && score > (scores[at - 1] ?? 0)) {
    rows[at] = rows[at - 1] ?? 0;
    scores[at] = scores[at - 1] ?? 0;
    at -= 1;
  }
  rows[at] = row;
  scores[at] = score;
  return buffer.found < rows.length ? 0 : (scores[rows.length - 1] ?? 0);
}
