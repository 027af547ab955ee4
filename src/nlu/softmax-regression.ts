import { createRandom, shuffledIndices } from './random.ts';
import type { SparseMatrix } from './sparse-matrix.ts';

export interface SoftmaxSettings {
  readonly epochs: number;
  readonly learningRate: number;
  /** L2 penalty per example. */
  readonly decay: number;
  /** Probability mass spread over the other classes in the target, 0 to 1. */
  readonly smoothing: number;
  readonly seed: number;
}

/** Multinomial logistic regression: weights feature by feature, each row one number per class. */
export interface SoftmaxWeights {
  readonly features: number;
  readonly classes: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

/** Below this, a class's gradient is not worth a pass over the weights. */
const NEGLIGIBLE = 1e-4;

/**
 * Fits by AdaGrad with one step size per feature, in an order that the seed decides.
 *
 * @see Duchi, Hazan, Singer: Adaptive subgradient methods (JMLR 12, 2011)
 */
export function fitSoftmax(
  matrix: SparseMatrix,
  labels: Uint16Array,
  classes: number,
  settings: SoftmaxSettings,
): SoftmaxWeights {
  const { starts, indices, values } = matrix;
  const weights = new Float32Array(matrix.columns * classes);
  const bias = new Float32Array(classes);
  const model: SoftmaxWeights = { features: matrix.columns, classes, weights, bias };
  const squares = new Float32Array(matrix.columns);
  const logits = new Float32Array(classes);
  const active = new Uint16Array(classes);
  const random = createRandom(settings.seed);
  const low = settings.smoothing / classes;

  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    const rate = settings.learningRate * (1 - epoch / settings.epochs);
    for (const row of shuffledIndices(matrix.rows, random)) {
      const from = starts[row] ?? 0;
      const to = starts[row + 1] ?? 0;
      const label = labels[row] ?? 0;
      scoreRow(model, indices, values, from, to, logits);
      softmaxInPlace(logits);

      let activeCount = 0;
      let energy = 0;
      for (let c = 0; c < classes; c += 1) {
        const target = c === label ? 1 - settings.smoothing + low : low;
        const gradient = (logits[c] ?? 0) - target;
        logits[c] = gradient;
        if (gradient > NEGLIGIBLE || gradient < -NEGLIGIBLE) {
          active[activeCount] = c;
          activeCount += 1;
          energy += gradient * gradient;
        }
      }
      for (let a = 0; a < activeCount; a += 1) {
        const c = active[a] ?? 0;
        bias[c] = (bias[c] ?? 0) - rate * 0.05 * (logits[c] ?? 0);
      }
      for (let at = from; at < to; at += 1) {
        const feature = indices[at] ?? 0;
        const value = values[at] ?? 0;
        const sum = (squares[feature] ?? 0) + energy * value * value;
        squares[feature] = sum;
        const step = (rate * value) / (Math.sqrt(sum) + 1e-6);
        const base = feature * classes;
        const keep = 1 - step * settings.decay;
        if (activeCount * 2 > classes) {
          for (let c = 0; c < classes; c += 1) {
            weights[base + c] = (weights[base + c] ?? 0) * keep - step * (logits[c] ?? 0);
          }
        } else {
          for (let a = 0; a < activeCount; a += 1) {
            const c = active[a] ?? 0;
            weights[base + c] = (weights[base + c] ?? 0) * keep - step * (logits[c] ?? 0);
          }
        }
      }
    }
  }
  return model;
}

/** Writes the logits of one row into `logits`. */
export function scoreRow(
  { weights, bias, classes }: SoftmaxWeights,
  indices: Uint32Array,
  values: Float32Array,
  from: number,
  to: number,
  logits: Float32Array,
): void {
  logits.set(bias);
  for (let at = from; at < to; at += 1) {
    const base = (indices[at] ?? 0) * classes;
    const value = values[at] ?? 0;
    for (let c = 0; c < classes; c += 1) logits[c] = (logits[c] ?? 0) + value * (weights[base + c] ?? 0);
  }
}

export function softmaxInPlace(logits: Float32Array): void {
  let highest = -Infinity;
  for (const logit of logits) if (logit > highest) highest = logit;
  let total = 0;
  for (let c = 0; c < logits.length; c += 1) {
    const power = Math.exp((logits[c] ?? 0) - highest);
    logits[c] = power;
    total += power;
  }
  for (let c = 0; c < logits.length; c += 1) logits[c] = (logits[c] ?? 0) / total;
}
