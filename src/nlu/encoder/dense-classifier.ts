import { EngineError } from '../../errors.ts';
import { createMatrixKernel, packCodes, type MatrixKernel, type MatrixProduct } from './matrix-kernel.ts';

/** One hidden layer and a softmax; matrices row by row, a row for each input. */
export interface DenseWeights {
  /** Even. */
  readonly inputs: number;
  /** A multiple of 8. */
  readonly hidden: number;
  readonly classes: number;
  readonly first: Float32Array;
  readonly firstBias: Float32Array;
  readonly second: Float32Array;
  readonly secondBias: Float32Array;
}

/** One layer as it is kept and multiplied: a byte a weight, row by row, and a scale a column. */
interface CodedLayer {
  readonly inputs: number;
  /** A multiple of 8: the last may stand for nothing. */
  readonly columns: number;
  readonly codes: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}

/** Turns a sentence's vector into logits, one for each class. */
export class DenseClassifier {
  readonly classes: number;
  readonly first: CodedLayer;
  readonly second: CodedLayer;
  #network: DenseNetwork | undefined;

  constructor(first: CodedLayer, second: CodedLayer, classes: number) {
    this.first = first;
    this.second = second;
    this.classes = classes;
  }

  /** The logits of one vector; valid until the next call. The first call lays the weights out in the kernel's memory. */
  logits(vector: Float32Array): Float32Array {
    this.#network ??= layOut(this.first, this.second);
    const { kernel, first, second } = this.#network;
    kernel.memory.set(vector, first.a);
    kernel.multiply(first);
    kernel.multiply(second);
    return kernel.memory.subarray(second.c, second.c + this.classes);
  }
}

/** Keeps weights as bytes: a quarter of the memory to read for every message, and as right. */
export function createDenseClassifier(weights: DenseWeights): DenseClassifier {
  const { inputs, hidden, classes } = weights;
  return new DenseClassifier(
    codeLayer(weights.first, weights.firstBias, inputs, hidden),
    codeLayer(weights.second, weights.secondBias, hidden, classes),
    classes,
  );
}

function codeLayer(matrix: Float32Array, bias: Float32Array, inputs: number, width: number): CodedLayer {
  const columns = paddedTo8(width);
  const scales = new Float32Array(columns);
  for (const [at, weight] of matrix.entries())
    scales[at % width] = Math.max(scales[at % width] ?? 0, Math.abs(weight) / 127);
  const codes = new Int8Array(inputs * columns);
  for (const [at, weight] of matrix.entries()) {
    const column = at % width;
    codes[((at - column) / width) * columns + column] = Math.round(weight / (scales[column] || 1));
  }
  const padded = new Float32Array(columns);
  padded.set(bias);
  return { inputs, columns, codes, scales, bias: padded };
}

/** Both layers in a kernel's memory. */
interface DenseNetwork {
  readonly kernel: MatrixKernel;
  readonly first: MatrixProduct;
  readonly second: MatrixProduct;
}

function layOut(first: CodedLayer, second: CodedLayer): DenseNetwork {
  let floats = 0;
  const reserve = (length: number): number => {
    floats += length;
    return floats - length;
  };
  const places = ({ inputs, columns }: CodedLayer) => ({
    ...{ inner: inputs, columns, b: reserve((inputs * columns) / 4), scales: reserve(columns) },
    ...{ bias: reserve(columns), c: reserve(columns) },
  });
  const a = reserve(first.inputs);
  const [one, two] = [places(first), places(second)];
  const kernel = createMatrixKernel(floats);
  fill(kernel.memory, first, one);
  fill(kernel.memory, second, two);
  return {
    kernel,
    first: product({ ...one, a, relu: true }),
    second: product({ ...two, a: one.c, relu: false }),
  };
}

function fill(
  memory: Float32Array,
  { codes, scales, bias, inputs, columns }: CodedLayer,
  places: { readonly b: number; readonly scales: number; readonly bias: number },
): void {
  packCodes(memory, places.b, codes, inputs, columns);
  memory.set(scales, places.scales);
  memory.set(bias, places.bias);
}

function product(parts: Omit<MatrixProduct, 'rows' | 'aStride' | 'cStride'>): MatrixProduct {
  return { ...parts, rows: 1, aStride: parts.inner, cStride: parts.columns };
}

export function paddedTo8(count: number): number {
  return Math.ceil(count / 8) * 8;
}

const HEADER_NUMBERS = 3;

/** Layer sizes, then both layers: scales and biases, then codes. */
export function denseClassifierBytes({ classes, first, second }: DenseClassifier): Uint8Array {
  const header = Uint32Array.of(first.inputs, second.inputs, classes);
  const parts = [header, first.scales, first.bias, second.scales, second.bias, first.codes, second.codes];
  return Uint8Array.from(
    Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength))),
  );
}

/**
 * @returns Views into `bytes`, which must stay as they are, where they are aligned.
 * @throws EngineError `MODEL_INVALID` when the bytes are not a classifier's.
 */
export function readDenseClassifier(bytes: Uint8Array): DenseClassifier {
  const { buffer, byteOffset, byteLength } = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  const header = byteLength < 4 * HEADER_NUMBERS ? [] : new Uint32Array(buffer, byteOffset, HEADER_NUMBERS);
  const [inputs = 0, hidden = 0, classes = 0] = header;
  const columns = paddedTo8(classes);
  const floats = HEADER_NUMBERS + 2 * hidden + 2 * columns;
  if (classes === 0 || byteLength !== 4 * floats + inputs * hidden + hidden * columns) {
    throw new EngineError('MODEL_INVALID', 'The dense classifier of the model is damaged.', {
      fix: 'Train again with `usher train`.',
    });
  }
  let offset = byteOffset;
  const take = (length: number): number => {
    offset += length;
    return offset - length;
  };
  const numbers = (count: number): Float32Array => new Float32Array(buffer, take(4 * count), count);
  const codes = (count: number): Int8Array => new Int8Array(buffer, take(count), count);
  take(4 * HEADER_NUMBERS);
  const [firstScales, firstBias] = [numbers(hidden), numbers(hidden)];
  const [secondScales, secondBias] = [numbers(columns), numbers(columns)];
  return new DenseClassifier(
    { inputs, columns: hidden, codes: codes(inputs * hidden), scales: firstScales, bias: firstBias },
    { inputs: hidden, columns, codes: codes(hidden * columns), scales: secondScales, bias: secondBias },
    classes,
  );
}
