import { packCodes, packPanels } from './matrix-kernel.ts';
import {
  BRANCH_WIDTH,
  HIDDEN_WIDTH,
  MATRIX_SHAPES,
  SENTENCE_WIDTH,
  STATE_WIDTH,
  VECTOR_LENGTHS,
  WINDOWS,
  type MatrixName,
  type NetworkWeights,
  type VectorName,
} from './network-weights.ts';

/** Where everything lies in the kernel's memory; offsets count floats. */
export interface MemoryPlan {
  readonly floats: number;
  /** Neighbours in `MATRIX_SHAPES` are neighbours here: matrices of equal `inner` also multiply as one. */
  readonly matrices: Readonly<
    Record<MatrixName, { readonly b: number; readonly scales: number | undefined }>
  >;
  readonly vectors: Readonly<Record<VectorName, number>>;
  readonly buffers: {
    readonly zeros: number;
    /** Token rows: the embedding, then the branches' results. */
    readonly states: number;
    readonly projected: number;
    readonly sum: number;
    /** p, then y₀. */
    readonly pooled: number;
    /** y₁, then y₂. */
    readonly hidden: number;
    readonly sentence: number;
  };
  /** A token's row of a branch; rows -2, -1 and two past the last exist as padding. */
  branchRow(branch: number, kind: 'input' | 'hidden', row: number): number;
  load(memory: Float32Array, weights: NetworkWeights): void;
}

const PADDING_ROWS = 2;

/** @param coded - Whether matrices take one byte a number, with a scale a column, or four. */
export function planMemory(maxTokens: number, coded: boolean): MemoryPlan {
  let floats = 0;
  const reserve = (length: number): number => {
    const start = floats;
    floats += length;
    return start;
  };
  const reserveEach = <Name extends string>(
    lengths: Readonly<Record<Name, number>>,
  ): Record<Name, number> => {
    const entries = Object.entries<number>(lengths);
    return Object.fromEntries(entries.map(([name, length]) => [name, reserve(length)])) as Record<
      Name,
      number
    >;
  };

  const vectors = reserveEach(VECTOR_LENGTHS);
  const scales = coded ? reserveEach(sizesOf(([, columns]) => columns)) : undefined;
  const places = reserveEach(sizesOf(([inner, columns]) => (inner * columns) / (coded ? 4 : 1)));
  const matrices = mapRecord(places, (name, b) => ({ b, scales: scales?.[name] }));
  const buffers = reserveEach({
    zeros: SENTENCE_WIDTH,
    states: maxTokens * STATE_WIDTH,
    projected: maxTokens * WINDOWS.length * BRANCH_WIDTH,
    sum: STATE_WIDTH,
    pooled: SENTENCE_WIDTH + HIDDEN_WIDTH,
    hidden: HIDDEN_WIDTH + SENTENCE_WIDTH,
    sentence: SENTENCE_WIDTH,
  });
  const branchFloats = (maxTokens + 2 * PADDING_ROWS) * BRANCH_WIDTH;
  const branches = reserve(2 * WINDOWS.length * branchFloats);

  return {
    floats,
    matrices,
    vectors,
    buffers,
    branchRow: (branch, kind, row) =>
      branches +
      (2 * branch + (kind === 'input' ? 0 : 1)) * branchFloats +
      (row + PADDING_ROWS) * BRANCH_WIDTH,
    load: (memory, weights) => {
      for (const [name, offset] of entriesOf(vectors)) memory.set(weights.vector(name), offset);
      for (const [name, { b, scales: scalesAt }] of entriesOf(matrices)) {
        const [inner, columns] = MATRIX_SHAPES[name];
        const matrix = weights.matrix(name);
        if ('codes' in matrix) {
          packCodes(memory, b, matrix.codes, inner, columns);
          memory.set(matrix.scales, scalesAt);
        } else packPanels(memory, b, matrix, inner, columns);
      }
    },
  };
}

function sizesOf(sizeOf: (shape: readonly [number, number]) => number): Record<MatrixName, number> {
  return mapRecord(MATRIX_SHAPES, (_, shape) => sizeOf(shape));
}

function mapRecord<Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  change: (name: Name, value: From) => To,
): Record<Name, To> {
  const entries = entriesOf(record).map(([name, value]) => [name, change(name, value)]);
  return Object.fromEntries(entries) as Record<Name, To>;
}

function entriesOf<Name extends string, Value>(record: Readonly<Record<Name, Value>>): [Name, Value][] {
  return Object.entries(record) as [Name, Value][];
}
