import { MemoryLayout } from './memory-layout.ts';
import { createRandom, shuffledIndices } from './random.ts';
import { softmaxKernelBinary } from './softmax-kernel-binary.ts';
import type { SparseMatrix } from './sparse-matrix.ts';

export interface SoftmaxSettings {
  readonly epochs: number;
  /** At the start; falls to 0 in a line. Rows have unit length. */
  readonly learningRate: number;
  readonly seed: number;
}

/** Multinomial logistic regression: weights feature by feature, each row one number per class. */
export interface SoftmaxWeights {
  readonly features: number;
  readonly classes: number;
  /** Floats from one feature's row to the next; past `classes` are zeros. */
  readonly stride: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

type Epoch = (...parameters: readonly number[]) => void;

const LANES = 4;

let compiled: WebAssembly.Module | undefined;

/**
 * Fits by stochastic gradient descent from zeros, row by row in an order that the seed decides, in steps that shrink to
 * nothing; in WebAssembly with SIMD: the same bits on every machine.
 *
 * Nothing holds the weights down but where they start from, which ends near the widest margin.
 * @see Soudry et al.: The implicit bias of gradient descent on separable data (JMLR 19, 2018)
 */
export function fitSoftmax(
  matrix: SparseMatrix,
  labels: ArrayLike<number>,
  classes: number,
  settings: SoftmaxSettings,
): SoftmaxWeights {
  const { rows, columns } = matrix;
  const stride = Math.ceil(classes / LANES) * LANES;
  const layout = new MemoryLayout();
  const order = layout.place(rows);
  const starts = layout.place(rows + 1);
  const indices = layout.place(matrix.indices.length);
  const values = layout.place(matrix.values.length);
  const target = layout.place(rows);
  const weights = layout.place(columns * stride);
  const bias = layout.place(stride);
  const logits = layout.place(stride);

  const memory = layout.createMemory();
  const words = new Uint32Array(memory.buffer);
  const floats = new Float32Array(memory.buffer);
  words.set(matrix.starts, starts / 4);
  words.set(matrix.indices, indices / 4);
  floats.set(matrix.values, values / 4);
  words.set(Uint32Array.from(labels), target / 4);

  compiled ??= new WebAssembly.Module(Buffer.from(softmaxKernelBinary, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const runEpoch = exports['runEpoch'] as Epoch;
  const random = createRandom(settings.seed);

  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    words.set(shuffledIndices(rows, random), order / 4);
    const rate = settings.learningRate * (1 - epoch / settings.epochs);
    runEpoch(
      ...[order, rows, starts, indices, values, target, weights, bias, logits],
      ...[classes, stride, rate],
    );
  }
  return {
    features: columns,
    classes,
    stride,
    weights: floats.slice(weights / 4, weights / 4 + columns * stride),
    bias: floats.slice(bias / 4, bias / 4 + classes),
  };
}

/** Writes the logits of one row into `logits`. */
export function scoreRow(
  { weights, bias, classes, stride }: SoftmaxWeights,
  indices: Uint32Array,
  values: Float32Array,
  from: number,
  to: number,
  logits: Float32Array,
): void {
  logits.set(bias);
  for (let at = from; at < to; at += 1) {
    const base = (indices[at] ?? 0) * stride;
    const value = values[at] ?? 0;
    for (let c = 0; c < classes; c += 1) logits[c] = (logits[c] ?? 0) + value * (weights[base + c] ?? 0);
  }
}

/** Turns logits into probabilities. */
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
