/** Rows of numbered features with values, one after the other. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row r lies from `starts[r]` to `starts[r + 1]`. */
  readonly starts: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}

/** The given rows, in the given order. */
export function selectRows(matrix: SparseMatrix, rows: ArrayLike<number>): SparseMatrix {
  const starts = new Uint32Array(rows.length + 1);
  for (let row = 0; row < rows.length; row += 1) {
    const from = rows[row] ?? 0;
    starts[row + 1] = (starts[row] ?? 0) + (matrix.starts[from + 1] ?? 0) - (matrix.starts[from] ?? 0);
  }
  const total = starts[rows.length] ?? 0;
  const indices = new Uint32Array(total);
  const values = new Float32Array(total);
  for (let row = 0; row < rows.length; row += 1) {
    const from = rows[row] ?? 0;
    const begin = matrix.starts[from] ?? 0;
    const end = matrix.starts[from + 1] ?? 0;
    indices.set(matrix.indices.subarray(begin, end), starts[row] ?? 0);
    values.set(matrix.values.subarray(begin, end), starts[row] ?? 0);
  }
  return { rows: rows.length, columns: matrix.columns, starts, indices, values };
}
