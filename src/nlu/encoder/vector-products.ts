import { paddedTo8 } from './dense-classifier.ts';
import { createMatrixKernel, packPanels } from './matrix-kernel.ts';

/** Multiplies a vector with each of the rows that it was made for: their dot products, in their order. */
export type VectorProducts = (vector: Float32Array) => Float32Array;

/** Lays vectors of one length out for the matrix kernel. */
export function createVectorProducts(rows: readonly Float32Array[]): VectorProducts {
  const dimensions = rows[0]?.length ?? 0;
  const inner = dimensions + (dimensions % 2);
  const columns = paddedTo8(rows.length);
  const [b, bias, c] = [inner, inner + inner * columns, inner + (inner + 1) * columns];
  const kernel = createMatrixKernel(c + columns);
  const transposed = new Float32Array(inner * columns);
  for (const [column, row] of rows.entries())
    for (let at = 0; at < dimensions; at += 1) transposed[at * columns + column] = row[at] ?? 0;
  packPanels(kernel.memory, b, transposed, inner, columns);
  return (vector) => {
    kernel.memory.set(vector.subarray(0, dimensions), 0);
    kernel.multiply({
      a: 0,
      aStride: inner,
      b,
      bias,
      c,
      cStride: columns,
      rows: 1,
      inner,
      columns,
      relu: false,
    });
    return kernel.memory.slice(c, c + rows.length);
  };
}
