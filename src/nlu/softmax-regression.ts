import { createRandom, shuffledIndices } from './random.ts';
import { softmaxKernelBinary } from './softmax-kernel-binary.ts';
import type { SparseMatrix } from './sparse-matrix.ts';

export interface SoftmaxSettings {
  readonly epochs: number;
  readonly learningRate: number;
  /** Probability mass of the target that is spread over the other classes, 0 to 1. */
  readonly smoothing: number;
  /** Share of a row's features that each pass leaves out, 0 to 1: what is learned must not hang on one of them. */
  readonly dropout: number;
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

type Epoch = (
  ...parameters: readonly [
    ...pointers: [number, number, number, number, number, number, number, number, number, number, number],
    classes: number,
    stride: number,
    rate: number,
    dropout: number,
    low: number,
    high: number,
  ]
) => void;

const PAGE_BYTES = 65_536;
const LANES = 4;

let compiled: WebAssembly.Module | undefined;

/**
 * Fits by AdaGrad with one step size per feature, in an order that the seed decides, in WebAssembly with SIMD: the same
 * bits on every machine.
 *
 * @see Duchi, Hazan, Singer: Adaptive subgradient methods (JMLR 12, 2011)
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
  const squares = layout.place(columns);
  const logits = layout.place(stride);
  const kept = layout.place(2 * longestRow(matrix));

  const memory = new WebAssembly.Memory({ initial: Math.ceil(layout.bytes / PAGE_BYTES) });
  const words = new Uint32Array(memory.buffer);
  const floats = new Float32Array(memory.buffer);
  words.set(matrix.starts, starts / 4);
  words.set(matrix.indices, indices / 4);
  floats.set(matrix.values, values / 4);
  words.set(Uint32Array.from(labels), target / 4);

  compiled ??= new WebAssembly.Module(Buffer.from(softmaxKernelBinary, 'base64'));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const runEpoch = exports['runEpoch'] as Epoch;
  (exports['seedDropout'] as (seed: number) => void)(settings.seed + 1);
  const random = createRandom(settings.seed);
  const low = classes < 2 ? 0 : settings.smoothing / (classes - 1);

  for (let epoch = 0; epoch < settings.epochs; epoch += 1) {
    words.set(shuffledIndices(rows, random), order / 4);
    const rate = settings.learningRate * (1 - epoch / settings.epochs);
    runEpoch(
      ...[order, rows, starts, indices, values, target, weights, bias, squares, logits, kept],
      ...[classes, stride, rate, settings.dropout, low, 1 - settings.smoothing],
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

/** Hands out places for arrays of four-byte numbers, each aligned to 16 bytes; the first page is the kernel's own. */
class MemoryLayout {
  bytes = PAGE_BYTES;

  place(count: number): number {
    const offset = this.bytes;
    this.bytes += Math.ceil((count * 4) / 16) * 16;
    return offset;
  }
}

function longestRow({ starts, rows }: SparseMatrix): number {
  let longest = 0;
  for (let row = 0; row < rows; row += 1) {
    longest = Math.max(longest, (starts[row + 1] ?? 0) - (starts[row] ?? 0));
  }
  return longest;
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
