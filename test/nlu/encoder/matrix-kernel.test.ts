import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  createMatrixKernel,
  createPlainKernel,
  packCodes,
  packPanels,
  unpackPanels,
  type MatrixKernel,
} from '../../../src/nlu/encoder/matrix-kernel.ts';

/** Numbers between -1 and 1 that are the same in every run. */
function numbers(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => Math.sin(seed + index * 12.9898));
}

interface Shape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly relu: boolean;
}

function multiply(kernel: MatrixKernel, { rows, inner, columns, relu }: Shape): number[] {
  const b = rows * inner;
  const bias = b + inner * columns;
  const c = bias + columns;
  kernel.memory.set(numbers(rows * inner, 1), 0);
  packPanels(kernel.memory, b, numbers(inner * columns, 2), inner, columns);
  kernel.memory.set(numbers(columns, 3), bias);
  kernel.multiply({ a: 0, aStride: inner, b, bias, c, cStride: columns, rows, inner, columns, relu });
  return [...kernel.memory.subarray(c, c + rows * columns)];
}

/** The same with C in panels, read back row by row. */
function multiplyToPanels(kernel: MatrixKernel, { rows, inner, columns, relu }: Shape): number[] {
  const b = rows * inner;
  const bias = b + inner * columns;
  const c = bias + columns;
  kernel.memory.set(numbers(rows * inner, 1), 0);
  packPanels(kernel.memory, b, numbers(inner * columns, 2), inner, columns);
  kernel.memory.set(numbers(columns, 3), bias);
  const laidOut = { c, cStride: 8, cPanel: 8 * rows };
  kernel.multiply({ a: 0, aStride: inner, b, bias, ...laidOut, rows, inner, columns, relu });
  return [...unpackPanels(kernel.memory, c, rows, columns)];
}

/** The same with B as bytes from -127 to 127, times a scale a column. */
function multiplyCoded(kernel: MatrixKernel, { rows, inner, columns, relu }: Shape): number[] {
  const b = rows * inner;
  const scales = b + (inner * columns) / 4;
  const bias = scales + columns;
  const c = bias + columns;
  kernel.memory.set(numbers(rows * inner, 1), 0);
  packCodes(kernel.memory, b, new Uint8Array(codes(inner * columns).buffer), inner, columns);
  kernel.memory.set(numbers(columns, 4), scales);
  kernel.memory.set(numbers(columns, 3), bias);
  kernel.multiply({ a: 0, aStride: inner, b, scales, bias, c, cStride: columns, rows, inner, columns, relu });
  return [...kernel.memory.subarray(c, c + rows * columns)];
}

function codes(length: number): Int8Array {
  return Int8Array.from(numbers(length, 2), (value) => Math.round(value * 127));
}

function expectedCoded({ rows, inner, columns, relu }: Shape): number[] {
  const [a, b] = [numbers(rows * inner, 1), codes(inner * columns)];
  const [bias, scales] = [numbers(columns, 3), numbers(columns, 4)];
  return Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let sum = 0;
    for (let at = 0; at < inner; at += 1) sum += (a[row * inner + at] ?? 0) * (b[at * columns + column] ?? 0);
    const value = sum * (scales[column] ?? 0) + (bias[column] ?? 0);
    return relu ? Math.max(0, value) : value;
  });
}

function expected({ rows, inner, columns, relu }: Shape): number[] {
  const [a, b, bias] = [numbers(rows * inner, 1), numbers(inner * columns, 2), numbers(columns, 3)];
  return Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    let sum = bias[column] ?? 0;
    for (let at = 0; at < inner; at += 1) sum += (a[row * inner + at] ?? 0) * (b[at * columns + column] ?? 0);
    return relu ? Math.max(0, sum) : sum;
  });
}

const shapes: readonly Shape[] = [
  { rows: 1, inner: 2, columns: 8, relu: false },
  { rows: 3, inner: 512, columns: 16, relu: true },
  { rows: 4, inner: 10, columns: 24, relu: false },
  { rows: 11, inner: 64, columns: 8, relu: true },
];

describe.each([
  ['WebAssembly', createMatrixKernel],
  ['plain JavaScript', createPlainKernel],
])('the matrix kernel in %s', (_, create) => {
  test.each(shapes)('multiplies $rows × $inner by $inner × $columns', (shape) => {
    const result = multiply(create(60_000), shape);

    expect(
      Math.max(...expected(shape).map((value, index) => Math.abs(value - (result[index] ?? NaN)))),
    ).toBeLessThan(1e-4);
  });

  test.each(shapes)('multiplies $rows × $inner by $inner × $columns into panels', (shape) => {
    expect(multiplyToPanels(create(60_000), shape)).toEqual(multiply(create(60_000), shape));
  });

  test.each(shapes)('multiplies $rows × $inner by $inner × $columns bytes', (shape) => {
    const result = multiplyCoded(create(60_000), shape);
    const wrong = expectedCoded(shape).map((value, index) => Math.abs(value - (result[index] ?? NaN)));

    // Numbers reach a hundred times as far as floats between -1 and 1.
    expect(Math.max(...wrong)).toBeLessThan(1e-2);
  });
});

test('the committed kernel is what its source compiles to', () => {
  expect(() => execFileSync(process.execPath, ['scripts/build-kernel.mjs', '--check'])).not.toThrow();
}, 120_000);
