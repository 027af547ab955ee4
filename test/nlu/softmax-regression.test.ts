import { expect, test } from 'vitest';
import {
  fitSoftmax,
  scoreRow,
  softmaxInPlace,
  type SoftmaxSettings,
} from '../../src/nlu/softmax-regression.ts';
import type { SparseMatrix } from '../../src/nlu/sparse-matrix.ts';

const settings: SoftmaxSettings = { epochs: 30, learningRate: 3, seed: 1 };

/** Class c has feature c, and every row has feature 5. */
const matrix: SparseMatrix = {
  rows: 10,
  columns: 6,
  starts: Uint32Array.from({ length: 11 }, (_, row) => row * 2),
  indices: Uint32Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? (at / 2) % 5 : 5)),
  values: new Float32Array(20).fill(0.7),
};
const labels = Uint16Array.from({ length: 10 }, (_, row) => row % 5);

test('separable classes are learned', () => {
  const model = fitSoftmax(matrix, labels, 5, settings);
  for (let row = 0; row < 10; row += 1) {
    const logits = new Float32Array(5);
    scoreRow(model, matrix.indices, matrix.values, row * 2, row * 2 + 2, logits);
    softmaxInPlace(logits);
    expect(logits[row % 5]).toBeGreaterThan(0.9);
    expect(logits.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  }
});

test('the seed decides every bit', () => {
  const first = fitSoftmax(matrix, labels, 5, settings);
  expect(fitSoftmax(matrix, labels, 5, settings)).toEqual(first);
  expect(fitSoftmax(matrix, labels, 5, { ...settings, seed: 2 }).weights).not.toEqual(first.weights);
});

test('a single class and a row without features are no fault', () => {
  const empty: SparseMatrix = { ...matrix, rows: 1, starts: new Uint32Array(2) };
  const model = fitSoftmax(empty, [0], 1, settings);
  expect(model.weights.every((weight) => weight === 0)).toBe(true);
});
