import { kernelBinary } from './kernel-binary.ts';

/** One product C = relu?(A · B + bias); offsets and strides count floats in the kernel's memory. */
export interface MatrixProduct {
  /** First row of A. Rows may overlap: windows of a convolution are rows with a stride below their length. */
  readonly a: number;
  readonly aStride: number;
  /** B as panels of 8 columns, each row by row: `packPanels` lays it out, or `packCodes` where `scales` is given. */
  readonly b: number;
  /** B holds one byte a number, and this the factor of each column. */
  readonly scales?: number | undefined;
  readonly bias: number;
  readonly c: number;
  /** From one row of C to the next; 8 where `cPanel` is given. */
  readonly cStride: number;
  /** From one panel of C to the next, where C is laid out in panels of 8 columns as B is; not for coded products. */
  readonly cPanel?: number | undefined;
  readonly rows: number;
  /** Columns of A; even. */
  readonly inner: number;
  /** Columns of B; a multiple of 8. */
  readonly columns: number;
  readonly relu: boolean;
}

/** One step of Adam; offsets count floats in the kernel's memory. */
export interface AdamStep {
  readonly parameters: number;
  readonly gradients: number;
  /** Running means of the gradients and of their squares, 0 at the start. */
  readonly means: number;
  readonly squares: number;
  /** How many of each; a multiple of 4. */
  readonly count: number;
  /** Learning rate over 1 - 0.9^t at step t. */
  readonly rate: number;
  /** 1 / √(1 - 0.999^t). */
  readonly squareScale: number;
}

/** Works on matrices that lie in its memory. */
export interface MatrixKernel {
  readonly memory: Float32Array;
  multiply(product: MatrixProduct): void;
  /**
   * Moves parameters against their gradients, each by a step of its own.
   *
   * @see Kingma, Ba 2015, "Adam", arXiv:1412.6980
   */
  adam(step: AdamStep): void;
}

const PAGE_BYTES = 65_536;
const PANEL = 8;

/** The kernel for this machine: WebAssembly with SIMD, or plain JavaScript where the engine has none. */
export function createMatrixKernel(floats: number): MatrixKernel {
  const module = compileKernel();
  return module ? createWasmKernel(module, floats) : createPlainKernel(floats);
}

let compiled: { readonly module: WebAssembly.Module | undefined } | undefined;

/** Compiles once; `undefined` where SIMD is missing. */
function compileKernel(): WebAssembly.Module | undefined {
  if (!compiled) {
    const bytes = Buffer.from(kernelBinary, 'base64');
    compiled = { module: WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : undefined };
  }
  return compiled.module;
}

type WasmFunction = (...parameters: readonly number[]) => void;

function createWasmKernel(module: WebAssembly.Module, floats: number): MatrixKernel {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((floats * 4) / PAGE_BYTES) });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const multiply = exports['multiply'] as WasmFunction;
  const multiplyCoded = exports['multiplyCoded'] as WasmFunction;
  const adam = exports['adam'] as WasmFunction;
  return {
    memory: new Float32Array(memory.buffer),
    multiply: ({ a, aStride, b, scales, bias, c, cStride, cPanel = PANEL, rows, inner, columns, relu }) => {
      const flag = relu ? 1 : 0;
      if (scales === undefined)
        multiply(
          ...[a * 4, aStride * 4, b * 4, bias * 4, c * 4, cStride * 4, cPanel * 4],
          ...[rows, inner, columns, flag],
        );
      else
        multiplyCoded(
          a * 4,
          aStride * 4,
          b * 4,
          scales * 4,
          bias * 4,
          c * 4,
          cStride * 4,
          rows,
          inner,
          columns,
          flag,
        );
    },
    adam: ({ parameters, gradients, means, squares, count, rate, squareScale }) =>
      adam(parameters * 4, gradients * 4, means * 4, squares * 4, count, rate, squareScale),
  };
}

/** The same without WebAssembly, many times slower. */
export function createPlainKernel(floats: number): MatrixKernel {
  const memory = new Float32Array(floats);
  const codes = codesOf(memory);
  return {
    memory,
    multiply: (product) => {
      for (let panel = 0; panel * PANEL < product.columns; panel += 1) {
        for (let row = 0; row < product.rows; row += 1) {
          if (product.scales === undefined) multiplyPanelRow(memory, product, panel, row);
          else multiplyCodedRow(memory, codes, product, product.scales, panel, row);
        }
      }
    },
    adam: (step) => plainAdam(memory, step),
  };
}

function plainAdam(memory: Float32Array, step: AdamStep): void {
  const { parameters, gradients, means, squares, count, rate, squareScale } = step;
  for (let index = 0; index < count; index += 1) {
    const gradient = memory[gradients + index] ?? 0;
    const mean = 0.9 * (memory[means + index] ?? 0) + 0.1 * gradient;
    const square = 0.999 * (memory[squares + index] ?? 0) + 0.001 * gradient * gradient;
    memory[means + index] = mean;
    memory[squares + index] = square;
    const move = (rate * mean) / (Math.sqrt(square) * squareScale + 1e-8);
    memory[parameters + index] = (memory[parameters + index] ?? 0) - move;
  }
}

function multiplyPanelRow(memory: Float32Array, product: MatrixProduct, panel: number, row: number): void {
  const { inner, relu } = product;
  const a = product.a + row * product.aStride;
  const b = product.b + panel * PANEL * inner;
  const bias = product.bias + panel * PANEL;
  const c = product.c + row * product.cStride + panel * (product.cPanel ?? PANEL);
  for (let column = 0; column < PANEL; column += 1) {
    let sum = memory[bias + column] ?? 0;
    for (let index = 0; index < inner; index += 1) {
      sum += (memory[a + index] ?? 0) * (memory[b + index * PANEL + column] ?? 0);
    }
    memory[c + column] = relu && sum < 0 ? 0 : sum;
  }
}

function multiplyCodedRow(
  memory: Float32Array,
  codes: Int8Array,
  product: MatrixProduct,
  scales: number,
  panel: number,
  row: number,
): void {
  const { inner, relu } = product;
  const a = product.a + row * product.aStride;
  const b = product.b * 4 + panel * PANEL * inner;
  const c = product.c + row * product.cStride + panel * PANEL;
  for (let column = 0; column < PANEL; column += 1) {
    let sum = 0;
    for (let index = 0; index < inner; index += 1) {
      sum += (memory[a + index] ?? 0) * (codes[b + index * PANEL + column] ?? 0);
    }
    const at = panel * PANEL + column;
    const value = sum * (memory[scales + at] ?? 0) + (memory[product.bias + at] ?? 0);
    memory[c + column] = relu && value < 0 ? 0 : value;
  }
}

/** The kernel's memory as bytes, where coded matrices lie. */
function codesOf(memory: Float32Array): Int8Array {
  return new Int8Array(memory.buffer, memory.byteOffset, memory.byteLength);
}

/** Writes B as one byte a number, row by row, to the kernel's memory as panels of 8 bytes a row; `columns` is a multiple of 8. */
export function packCodes(
  memory: Float32Array,
  offset: number,
  codes: Uint8Array | Int8Array,
  inner: number,
  columns: number,
): void {
  const target = codesOf(memory);
  let to = offset * 4;
  for (let panel = 0; panel < columns; panel += PANEL) {
    for (let from = panel; from < inner * columns; from += columns) {
      for (let column = 0; column < PANEL; column += 1) target[to + column] = codes[from + column] ?? 0;
      to += PANEL;
    }
  }
}

/** Writes B (row by row, `inner` × `columns`) to the kernel's memory as panels; missing columns of the last stay as they are. */
export function packPanels(
  memory: Float32Array,
  offset: number,
  matrix: Float32Array,
  inner: number,
  columns: number,
): void {
  let target = offset;
  for (let panel = 0; panel < columns; panel += PANEL) {
    const width = Math.min(PANEL, columns - panel);
    for (let source = panel; source < inner * columns; source += columns) {
      for (let column = 0; column < width; column += 1)
        memory[target + column] = matrix[source + column] ?? 0;
      target += PANEL;
    }
  }
}

/** Reads panels back, row by row. */
export function unpackPanels(
  memory: Float32Array,
  offset: number,
  inner: number,
  columns: number,
): Float32Array {
  const matrix = new Float32Array(inner * columns);
  let source = offset;
  for (let panel = 0; panel < columns; panel += PANEL) {
    const width = Math.min(PANEL, columns - panel);
    for (let target = panel; target < matrix.length; target += columns) {
      for (let column = 0; column < width; column += 1)
        matrix[target + column] = memory[source + column] ?? 0;
      source += PANEL;
    }
  }
  return matrix;
}
