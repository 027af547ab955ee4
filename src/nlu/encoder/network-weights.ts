/** The window sizes of the three convolutions, in the order of their columns. */
export const WINDOWS = [2, 3, 5] as const;

export const TOKEN_WIDTH = 512;
export const BRANCH_WIDTH = 256;
/** What a token ends as: its embedding beside the three branches. */
export const STATE_WIDTH = 1280;
export const HIDDEN_WIDTH = 320;
export const SENTENCE_WIDTH = 512;

/** The network's matrices by name: rows (inputs), columns (outputs). A pack stores them in this order. */
export const MATRIX_SHAPES = {
  'conv2.project': [TOKEN_WIDTH, BRANCH_WIDTH],
  'conv3.project': [TOKEN_WIDTH, BRANCH_WIDTH],
  'conv5.project': [TOKEN_WIDTH, BRANCH_WIDTH],
  'conv2.first': [2 * BRANCH_WIDTH, BRANCH_WIDTH],
  'conv2.second': [2 * BRANCH_WIDTH, BRANCH_WIDTH],
  'conv3.first': [3 * BRANCH_WIDTH, BRANCH_WIDTH],
  'conv3.second': [3 * BRANCH_WIDTH, BRANCH_WIDTH],
  'conv5.first': [5 * BRANCH_WIDTH, BRANCH_WIDTH],
  'conv5.second': [5 * BRANCH_WIDTH, BRANCH_WIDTH],
  pool: [STATE_WIDTH, SENTENCE_WIDTH],
  dense0: [SENTENCE_WIDTH, HIDDEN_WIDTH],
  // Rows for p, then for y₀.
  dense1: [SENTENCE_WIDTH + HIDDEN_WIDTH, HIDDEN_WIDTH],
  dense2: [HIDDEN_WIDTH, SENTENCE_WIDTH],
  // Rows for y₁, then for y₂.
  dense3: [HIDDEN_WIDTH + SENTENCE_WIDTH, SENTENCE_WIDTH],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type MatrixName = keyof typeof MATRIX_SHAPES;

/** The network's vectors by name, with their lengths. */
export const VECTOR_LENGTHS = {
  'conv2.project.bias': BRANCH_WIDTH,
  'conv3.project.bias': BRANCH_WIDTH,
  'conv5.project.bias': BRANCH_WIDTH,
  'conv2.norm.gamma': BRANCH_WIDTH,
  'conv3.norm.gamma': BRANCH_WIDTH,
  'conv5.norm.gamma': BRANCH_WIDTH,
  'conv2.norm.beta': BRANCH_WIDTH,
  'conv3.norm.beta': BRANCH_WIDTH,
  'conv5.norm.beta': BRANCH_WIDTH,
  'conv2.first.bias': BRANCH_WIDTH,
  'conv2.second.bias': BRANCH_WIDTH,
  'conv3.first.bias': BRANCH_WIDTH,
  'conv3.second.bias': BRANCH_WIDTH,
  'conv5.first.bias': BRANCH_WIDTH,
  'conv5.second.bias': BRANCH_WIDTH,
  'norm.gamma': STATE_WIDTH,
  'norm.beta': STATE_WIDTH,
  'pool.bias': SENTENCE_WIDTH,
} as const satisfies Readonly<Record<string, number>>;

export type VectorName = keyof typeof VECTOR_LENGTHS;

/** Rows of the embedding matrix, however they are stored. */
export interface EmbeddingTable {
  /** Writes a token's 512 numbers. */
  readRow(id: number, target: Float32Array, offset: number): void;
}

/** A matrix row by row: one byte a number (of its two's complement), one factor a column. */
export interface CodedMatrix {
  readonly codes: Uint8Array;
  readonly scales: Float32Array;
}

export interface NetworkWeights {
  /** Whether matrices are coded; all of them are, or none. */
  readonly coded: boolean;
  /** Row by row. */
  readonly matrix: (name: MatrixName) => Float32Array | CodedMatrix;
  readonly vector: (name: VectorName) => Float32Array;
  readonly embedding: EmbeddingTable;
}
