import { isInside } from './tag-set.ts';

/** Finds the best sequence of labels; keeps its tables between calls. */
export interface Decoder {
  /** One score a token and label, row by row: to be filled before `decode`. */
  scores(tokenCount: number): Float64Array;
  /** Reads the scores of `tokenCount` tokens; the result lives until the next call. */
  decode(tokenCount: number): Int32Array;
}

/** How far a label may lie behind the best one of its token before it is left out. */
const beam = 24;

/** @param transitions - `transitions[from * labelCount + to]`. */
export function createDecoder(labelCount: number, transitions: Float32Array): Decoder {
  let rows = new Float64Array(16 * labelCount);
  let reached = new Float64Array(rows.length);
  let back = new Int32Array(16 * labelCount);
  let path = new Int32Array(16);
  const alive = new Int32Array(labelCount);
  return {
    scores(tokenCount) {
      if (tokenCount * labelCount > rows.length) {
        rows = new Float64Array(tokenCount * labelCount * 2);
        reached = new Float64Array(rows.length);
        back = new Int32Array(rows.length);
        path = new Int32Array(tokenCount * 2);
      }
      return rows.fill(0, 0, tokenCount * labelCount);
    },
    decode(tokenCount) {
      for (let label = 0; label < labelCount; label++)
        reached[label] = isInside(label) ? Number.NEGATIVE_INFINITY : (rows[label] ?? 0);
      for (let t = 1; t < tokenCount; t++) {
        const count = keepAlive(reached, (t - 1) * labelCount, labelCount, alive);
        advance(rows, reached, back, t * labelCount, labelCount, transitions, alive, count);
      }
      return trace(reached, back, path, tokenCount, labelCount);
    },
  };
}

/** Lists the labels of a row that are within the beam. */
function keepAlive(rows: Float64Array, row: number, labelCount: number, alive: Int32Array): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < labelCount; label++) best = Math.max(best, rows[row + label] ?? 0);
  let count = 0;
  for (let label = 0; label < labelCount; label++) {
    if ((rows[row + label] ?? 0) >= best - beam) alive[count++] = label;
  }
  return count;
}

function advance(
  rows: Float64Array,
  reached: Float64Array,
  back: Int32Array,
  row: number,
  labelCount: number,
  transitions: Float32Array,
  alive: Int32Array,
  aliveCount: number,
): void {
  const before = row - labelCount;
  for (let to = 0; to < labelCount; to++) {
    let best = Number.NEGATIVE_INFINITY;
    let from = 0;
    if (isInside(to)) {
      for (let label = to - 1; label <= to; label++) {
        const score = (reached[before + label] ?? 0) + (transitions[label * labelCount + to] ?? 0);
        if (score > best) {
          best = score;
          from = label;
        }
      }
    } else {
      for (let k = 0; k < aliveCount; k++) {
        const label = alive[k] ?? 0;
        const score = (reached[before + label] ?? 0) + (transitions[label * labelCount + to] ?? 0);
        if (score > best) {
          best = score;
          from = label;
        }
      }
    }
    reached[row + to] = (rows[row + to] ?? 0) + best;
    back[row + to] = from;
  }
}

function trace(
  rows: Float64Array,
  back: Int32Array,
  path: Int32Array,
  tokenCount: number,
  labelCount: number,
): Int32Array {
  let label = 0;
  const last = (tokenCount - 1) * labelCount;
  for (let candidate = 1; candidate < labelCount; candidate++) {
    if ((rows[last + candidate] ?? 0) > (rows[last + label] ?? 0)) label = candidate;
  }
  for (let t = tokenCount - 1; t >= 0; t--) {
    path[t] = label;
    label = back[t * labelCount + label] ?? 0;
  }
  return path;
}
