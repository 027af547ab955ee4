import { EngineError } from '../../errors.ts';
import { createMatrixKernel, packPanels, type MatrixKernel, type MatrixProduct } from './matrix-kernel.ts';

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

/** Turns a sentence's vector into logits, one for each class. */
export class DenseClassifier {
  readonly weights: DenseWeights;
  #network: DenseNetwork | undefined;

  constructor(weights: DenseWeights) {
    this.weights = weights;
  }

  /** The logits of one vector; valid until the next call. The first call lays the weights out in the kernel's memory. */
  logits(vector: Float32Array): Float32Array {
    this.#network ??= layOut(this.weights);
    const { kernel, first, second } = this.#network;
    kernel.memory.set(vector, first.a);
    kernel.multiply(first);
    kernel.multiply(second);
    return kernel.memory.subarray(second.c, second.c + this.weights.classes);
  }
}

/** Both layers in a kernel's memory. */
interface DenseNetwork {
  readonly kernel: MatrixKernel;
  readonly first: MatrixProduct;
  readonly second: MatrixProduct;
}

function layOut(weights: DenseWeights): DenseNetwork {
  const { inputs, hidden, classes } = weights;
  const columns = paddedTo8(classes);
  const input = 0;
  const first = input + inputs;
  const firstBias = first + inputs * hidden;
  const state = firstBias + hidden;
  const second = state + hidden;
  const secondBias = second + hidden * columns;
  const output = secondBias + columns;
  const kernel = createMatrixKernel(output + columns);
  packPanels(kernel.memory, first, weights.first, inputs, hidden);
  kernel.memory.set(weights.firstBias, firstBias);
  packPanels(kernel.memory, second, weights.second, hidden, classes);
  kernel.memory.set(weights.secondBias, secondBias);
  return {
    kernel,
    first: product({
      a: input,
      b: first,
      bias: firstBias,
      c: state,
      inner: inputs,
      columns: hidden,
      relu: true,
    }),
    second: product({
      a: state,
      b: second,
      bias: secondBias,
      c: output,
      inner: hidden,
      columns,
      relu: false,
    }),
  };
}

function product(parts: Omit<MatrixProduct, 'rows' | 'aStride' | 'cStride'>): MatrixProduct {
  return { ...parts, rows: 1, aStride: parts.inner, cStride: parts.columns };
}

export function paddedTo8(count: number): number {
  return Math.ceil(count / 8) * 8;
}

const HEADER_NUMBERS = 3;

/** Layer sizes, then the weights as they are. */
export function denseClassifierBytes({ weights }: DenseClassifier): Uint8Array {
  const { inputs, hidden, classes, first, firstBias, second, secondBias } = weights;
  const header = Uint32Array.of(inputs, hidden, classes);
  const parts = [header, first, firstBias, second, secondBias];
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
  const sizes = [inputs * hidden, hidden, hidden * classes, classes];
  if (classes === 0 || byteLength !== 4 * sizes.reduce((sum, size) => sum + size, HEADER_NUMBERS)) {
    throw new EngineError('MODEL_INVALID', 'The dense classifier of the model is damaged.', {
      fix: 'Train again with `usher train`.',
    });
  }
  let offset = byteOffset + 4 * HEADER_NUMBERS;
  const take = (size: number): Float32Array => {
    const part = new Float32Array(buffer, offset, size);
    offset += 4 * size;
    return part;
  };
  return new DenseClassifier({
    inputs,
    hidden,
    classes,
    first: take(inputs * hidden),
    firstBias: take(hidden),
    second: take(hidden * classes),
    secondBias: take(classes),
  });
}
