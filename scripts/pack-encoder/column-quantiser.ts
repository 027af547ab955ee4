export interface ColumnCodes {
  readonly codes: Int8Array;
  /** One a column: the value of code 1. */
  readonly scales: Float32Array;
}

const LARGEST = 127;

/** Stores each number of a matrix in eight bits, with one scale a column. */
export function quantiseColumns(values: Float32Array, columns: number): ColumnCodes {
  const largest = new Float32Array(columns);
  for (const [index, value] of values.entries()) {
    const column = index % columns;
    largest[column] = Math.max(largest[column] ?? 0, Math.abs(value));
  }
  const scales = largest.map((value) => value / LARGEST || 1);
  const codes = Int8Array.from(values, (value, index) => Math.round(value / (scales[index % columns] ?? 1)));
  return { codes, scales };
}
