import { describe, expect, test } from 'vitest';
import {
  createDenseClassifier,
  denseClassifierBytes,
  readDenseClassifier,
} from '../../../src/nlu/encoder/dense-classifier.ts';
import type { DenseSettings } from '../../../src/nlu/encoder/dense-settings.ts';
import { trainDenseClassifier } from '../../../src/nlu/encoder/train-dense-classifier.ts';

const settings: DenseSettings = {
  seed: 1,
  hidden: 16,
  epochs: 60,
  batch: 8,
  learningRate: 5e-3,
  dropout: 0.1,
  smoothing: 0.05,
};

/** Points round the corners of a square: opposite corners share a class, so that no straight line parts them. */
const corners = [
  [1, 1, 0],
  [-1, -1, 0],
  [1, -1, 1],
  [-1, 1, 1],
] as const;
const points = Array.from({ length: 48 }, (_, index) => {
  const [x, y, label] = corners[index % 4] ?? [0, 0, 0];
  return { x: x + 0.2 * Math.sin(index), y: y + 0.2 * Math.cos(index * 3), label };
});
const examples = {
  vectors: Float32Array.from(points.flatMap(({ x, y }) => [x, y])),
  labels: points.map(({ label }) => label),
  classes: 2,
};

describe('the dense classifier', () => {
  const train = (seed: number) =>
    createDenseClassifier(trainDenseClassifier(examples, { ...settings, seed }));
  const classifier = train(1);

  test('learns what no straight line parts', () => {
    const right = points.filter(({ x, y, label }) => {
      const [first = 0, second = 0] = classifier.logits(Float32Array.of(x, y));
      return (second > first ? 1 : 0) === label;
    });

    expect(right).toHaveLength(points.length);
  });

  test('is the same for the same seed, and another for another', () => {
    const again = denseClassifierBytes(train(1));
    const other = denseClassifierBytes(train(2));

    expect(again).toEqual(denseClassifierBytes(classifier));
    expect(other).not.toEqual(again);
  });

  test('is the same after being written and read', () => {
    const bytes = denseClassifierBytes(classifier);
    const vector = Float32Array.of(0.3, -0.7);

    expect([...readDenseClassifier(bytes).logits(vector)]).toEqual([...classifier.logits(vector)]);
    expect(() => readDenseClassifier(bytes.subarray(0, 40))).toThrow(/damaged/);
  });
});
