import { describe, expect, it } from 'vitest';
import { createNeighbourSearch, createScorer } from '../../src/nlu/ngram-kernel.ts';
import { createNeighbourBuffer, indexNeighbours, plainNeighbourSearch } from '../../src/nlu/neighbours.ts';
import { plainScorer, type QuantizedWeights } from '../../src/nlu/quantize-weights.ts';
import { createRandom } from '../../src/nlu/random.ts';
import type { SparseMatrix } from '../../src/nlu/sparse-matrix.ts';

const columns = 60;
const random = createRandom(5);

/** Rows of unequal lengths, every third one the same as the row before it. */
function randomMatrix(rows: number): SparseMatrix {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let row = 0; row < rows; row += 1) {
    if (row % 3 === 2) {
      const [from = 0, to = 0] = starts.slice(-2);
      indices.push(...indices.slice(from, to));
      values.push(...values.slice(from, to));
    } else {
      for (let feature = 0; feature < columns; feature += 1) {
        if (random() > 0.2) continue;
        indices.push(feature);
        values.push(random());
      }
    }
    starts.push(indices.length);
  }
  return {
    rows,
    columns,
    starts: Uint32Array.from(starts),
    indices: Uint32Array.from(indices),
    values: Float32Array.from(values),
  };
}

describe('the kernel that reads n-grams', () => {
  it.each([1, 3, 64, 97])('finds the neighbours among %i rows that plain JavaScript finds', (rows) => {
    const matrix = randomMatrix(rows);
    const index = indexNeighbours(matrix);
    const [fast, plain] = [createNeighbourSearch(index), plainNeighbourSearch(index)];
    const [found, expected] = [createNeighbourBuffer(10), createNeighbourBuffer(10)];
    for (let row = 0; row < rows; row += 1) {
      const [from = 0, to = 0] = matrix.starts.subarray(row, row + 2);
      fast(matrix, from, to, found);
      plain(matrix, from, to, expected);
      expect(found.found).toBe(expected.found);
      expect(found.rows.subarray(0, found.found)).toEqual(expected.rows.subarray(0, found.found));
      expect(found.scores.subarray(0, found.found)).toEqual(expected.scores.subarray(0, found.found));
    }
  });

  it('finds nothing near an empty vector', () => {
    const buffer = createNeighbourBuffer(10);
    createNeighbourSearch(indexNeighbours(randomMatrix(9)))(randomMatrix(1), 0, 0, buffer);
    expect(buffer.found).toBe(0);
  });

  it.each([1, 16, 37, 64])('scores %i classes as plain JavaScript does', (classes) => {
    const weights: QuantizedWeights = {
      features: columns,
      classes,
      codes: Int8Array.from({ length: columns * classes }, () => Math.round(random() * 254 - 127)),
      scales: Float32Array.from({ length: columns }, random),
      bias: Float32Array.from({ length: classes }, random),
    };
    const { indices, values } = randomMatrix(1);
    const [logits, expected] = [new Float32Array(classes), new Float32Array(classes)];
    createScorer(weights)({ indices, values }, indices.length, logits);
    plainScorer(weights)({ indices, values }, indices.length, expected);
    for (const [c, logit] of logits.entries()) expect(logit).toBeCloseTo(expected[c] ?? NaN, 3);
  });
});
