import { paddedTo8, type DenseWeights } from './encoder/dense-classifier.ts';
import { unitVector } from './encoder/unit-vector.ts';

/** Logits a unit of cosine: on five data sets, names alone are calibrated best between 17 and 22. */
const LOGITS_A_COSINE = 20;

/** An intent with no more rows than its name and one example has no spread to learn. */
const FEW_ROWS = 2;

/** Whether intents are known by little more than their names. */
export function areNamesAlone(labels: ArrayLike<number>, classes: number): boolean {
  const rows = new Uint32Array(classes);
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row] ?? 0;
    rows[label] = (rows[label] ?? 0) + 1;
  }
  return rows.every((count) => count <= FEW_ROWS);
}

/**
 * A classifier that learns nothing: an intent's logit is how near a text comes to what its rows say, the mean cosine of
 * the parts of a sentence vector. It has the form of one hidden layer: a unit for each intent, above zero throughout.
 *
 * @param dimensions - Where the first part of each vector ends and the second, if any, begins.
 */
export function nearnessWeights(
  vectors: Float32Array,
  labels: ArrayLike<number>,
  classes: number,
  dimensions: number,
): DenseWeights {
  const width = vectors.length / labels.length;
  const hidden = paddedTo8(classes);
  const ends = width > dimensions ? [dimensions, width] : [width];
  const sums = Array.from({ length: classes }, () => new Float32Array(width));
  for (let row = 0; row < labels.length; row += 1) {
    const sum = sums[labels[row] ?? 0];
    for (let at = 0; sum && at < width; at += 1) sum[at] = (sum[at] ?? 0) + (vectors[row * width + at] ?? 0);
  }
  const first = new Float32Array(width * hidden);
  const second = new Float32Array(hidden * classes);
  for (const [unit, sum] of sums.entries()) {
    let from = 0;
    for (const end of ends) {
      const direction = unitVector(sum.subarray(from, end));
      for (let at = from; at < end; at += 1)
        first[at * hidden + unit] = (LOGITS_A_COSINE * (direction[at - from] ?? 0)) / ends.length;
      from = end;
    }
    // The factor stands in the first layer: weights are kept as bytes, and those of the second share a scale with others'.
    second[unit * classes + unit] = 1;
  }
  return {
    ...{ inputs: width, hidden, classes, first, second },
    firstBias: new Float32Array(hidden).fill(LOGITS_A_COSINE),
    secondBias: new Float32Array(classes).fill(-LOGITS_A_COSINE),
  };
}
