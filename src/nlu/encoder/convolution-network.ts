import { unitVector } from './unit-vector.ts';
import { layerNorm } from './layer-norm.ts';
import { createMatrixKernel, type MatrixKernel, type MatrixProduct } from './matrix-kernel.ts';
import { planMemory, type MemoryPlan } from './memory-plan.ts';
import {
  BRANCH_WIDTH,
  HIDDEN_WIDTH,
  SENTENCE_WIDTH,
  STATE_WIDTH,
  TOKEN_WIDTH,
  WINDOWS,
  type EmbeddingTable,
  type NetworkWeights,
} from './network-weights.ts';

/** What the network makes of one sequence of token ids. */
export interface SentenceState {
  /** z, unit length. */
  readonly sentence: Float32Array;
  /** p, not unit length. */
  readonly pooled: Float32Array;
  /** One a token, when asked for: its share of p before the division by √T. */
  readonly tokens: readonly Float32Array[];
}

const PROJECTED = WINDOWS.length * BRANCH_WIDTH;

/**
 * The convolutional multilingual Universal Sentence Encoder, version 3.
 *
 * Tokens pass three convolution branches of window 2, 3 and 5; what they become is averaged over the sentence and
 * passes four dense layers, two of which skip one. Step numbers below are those of the decision record on the encoder.
 *
 * @see Yang et al. 2019, "Multilingual Universal Sentence Encoder for Semantic Retrieval", arXiv:1907.04307
 */
export class ConvolutionNetwork {
  /** Longer sequences are cut. */
  readonly maxTokens: number;
  readonly #kernel: MatrixKernel;
  readonly #plan: MemoryPlan;
  readonly #embedding: EmbeddingTable;

  constructor(weights: NetworkWeights, { maxTokens = 256, createKernel = createMatrixKernel } = {}) {
    this.maxTokens = maxTokens;
    this.#plan = planMemory(maxTokens, weights.coded);
    this.#kernel = createKernel(this.#plan.floats);
    this.#plan.load(this.#kernel.memory, weights);
    this.#embedding = weights.embedding;
  }

  /** @param ids - With the marks of start and end; not empty. */
  run(ids: Int32Array, wantTokens: boolean): SentenceState {
    const length = Math.min(ids.length, this.maxTokens);
    this.#embed(ids, length);
    this.#project(length);
    for (const branch of WINDOWS.keys()) this.#convolve(branch, length);
    this.#sumStates(length);
    const tokens = wantTokens ? this.#tokenShares(length) : [];
    const pooled = this.#pool(length);
    return { sentence: this.#dense(), pooled, tokens };
  }

  /** Step 1: one row of the embedding a token. */
  #embed(ids: Int32Array, length: number): void {
    const { states } = this.#plan.buffers;
    for (let index = 0; index < length; index += 1) {
      this.#embedding.readRow(ids[index] ?? 0, this.#kernel.memory, states + index * STATE_WIDTH);
    }
  }

  /** Step 2: each branch's view of the token, normalised together, then each to its own padded rows. */
  #project(length: number): void {
    const { memory } = this.#kernel;
    const { buffers, vectors } = this.#plan;
    this.#kernel.multiply({
      a: buffers.states,
      aStride: STATE_WIDTH,
      ...this.#plan.matrices['conv2.project'],
      bias: vectors['conv2.project.bias'],
      c: buffers.projected,
      cStride: PROJECTED,
      rows: length,
      inner: TOKEN_WIDTH,
      columns: PROJECTED,
      relu: false,
    });
    for (let index = 0; index < length; index += 1) {
      const row = buffers.projected + index * PROJECTED;
      layerNorm(memory, row, PROJECTED, vectors['conv2.norm.gamma'], vectors['conv2.norm.beta'], row);
      for (const branch of WINDOWS.keys()) {
        const from = row + branch * BRANCH_WIDTH;
        memory.copyWithin(this.#plan.branchRow(branch, 'input', index), from, from + BRANCH_WIDTH);
      }
    }
  }

  /** Step 3: two convolutions, each added to what it was made from. */
  #convolve(branch: number, length: number): void {
    const { matrices, vectors, buffers } = this.#plan;
    const window = WINDOWS[branch] ?? 2;
    const input = this.#plan.branchRow(branch, 'input', 0);
    const hidden = this.#plan.branchRow(branch, 'hidden', 0);
    const output = buffers.states + TOKEN_WIDTH + branch * BRANCH_WIDTH;
    this.#clearPadding(branch, length);

    const first = { ...matrices[`conv${window}.first`], bias: vectors[`conv${window}.first.bias`] };
    this.#window(window, input, first, { c: hidden, cStride: BRANCH_WIDTH }, length);
    const second = { ...matrices[`conv${window}.second`], bias: vectors[`conv${window}.second.bias`] };
    this.#window(window, hidden, second, { c: output, cStride: STATE_WIDTH }, length);
  }

  /** relu(window(rows) · B + bias) + rows. */
  #window(
    window: number,
    rows: number,
    weights: Pick<MatrixProduct, 'b' | 'scales' | 'bias'>,
    result: { readonly c: number; readonly cStride: number },
    length: number,
  ): void {
    this.#kernel.multiply({
      ...weights,
      ...result,
      // Windows are overlapping rows of one buffer: `window` rows long, one row apart.
      a: rows - leftOf(window) * BRANCH_WIDTH,
      aStride: BRANCH_WIDTH,
      rows: length,
      inner: window * BRANCH_WIDTH,
      columns: BRANCH_WIDTH,
      relu: true,
    });
    const { memory } = this.#kernel;
    for (let index = 0; index < length; index += 1) {
      const from = rows + index * BRANCH_WIDTH;
      const to = result.c + index * result.cStride;
      for (let column = 0; column < BRANCH_WIDTH; column += 1) {
        memory[to + column] = (memory[to + column] ?? 0) + (memory[from + column] ?? 0);
      }
    }
  }

  /** Zeros before the first row and after the last, for windows that reach outside. */
  #clearPadding(branch: number, length: number): void {
    const { memory } = this.#kernel;
    for (const kind of ['input', 'hidden'] as const) {
      for (const row of [-2, length]) {
        const start = this.#plan.branchRow(branch, kind, row);
        memory.fill(0, start, start + 2 * BRANCH_WIDTH);
      }
    }
  }

  /** Step 4: normalises each token's state; their sum is what pooling needs. */
  #sumStates(length: number): void {
    const { memory } = this.#kernel;
    const { buffers, vectors } = this.#plan;
    memory.fill(0, buffers.sum, buffers.sum + STATE_WIDTH);
    for (let index = 0; index < length; index += 1) {
      const row = buffers.states + index * STATE_WIDTH;
      layerNorm(memory, row, STATE_WIDTH, vectors['norm.gamma'], vectors['norm.beta'], row);
      for (let column = 0; column < STATE_WIDTH; column += 1) {
        memory[buffers.sum + column] = (memory[buffers.sum + column] ?? 0) + (memory[row + column] ?? 0);
      }
    }
  }

  #tokenShares(length: number): readonly Float32Array[] {
    const { buffers, matrices, vectors } = this.#plan;
    const target = buffers.projected;
    this.#kernel.multiply({
      a: buffers.states,
      aStride: STATE_WIDTH,
      ...matrices.pool,
      bias: vectors['pool.bias'],
      c: target,
      cStride: SENTENCE_WIDTH,
      rows: length,
      inner: STATE_WIDTH,
      columns: SENTENCE_WIDTH,
      relu: false,
    });
    return Array.from({ length }, (_, index) => this.#copy(target + index * SENTENCE_WIDTH, SENTENCE_WIDTH));
  }

  /** Step 4: p = (Σ f · W + T · bias) / √T. */
  #pool(length: number): Float32Array {
    const { memory } = this.#kernel;
    const { buffers, matrices, vectors } = this.#plan;
    this.#denseLayer(buffers.sum, matrices.pool, buffers.pooled, STATE_WIDTH, SENTENCE_WIDTH, false);
    const scale = 1 / Math.sqrt(length);
    for (let column = 0; column < SENTENCE_WIDTH; column += 1) {
      const bias = memory[vectors['pool.bias'] + column] ?? 0;
      memory[buffers.pooled + column] = ((memory[buffers.pooled + column] ?? 0) + length * bias) * scale;
    }
    return this.#copy(buffers.pooled, SENTENCE_WIDTH);
  }

  /** Step 5. A layer that skips one reads both of its inputs side by side: [p, y₀] · [skip; weight]. */
  #dense(): Float32Array {
    const { buffers, matrices } = this.#plan;
    const { pooled, hidden } = buffers;
    const wide = SENTENCE_WIDTH + HIDDEN_WIDTH;
    this.#denseLayer(pooled, matrices.dense0, pooled + SENTENCE_WIDTH, SENTENCE_WIDTH, HIDDEN_WIDTH, true);
    this.#denseLayer(pooled, matrices.dense1, hidden, wide, HIDDEN_WIDTH, true);
    this.#denseLayer(hidden, matrices.dense2, hidden + HIDDEN_WIDTH, HIDDEN_WIDTH, SENTENCE_WIDTH, true);
    this.#denseLayer(hidden, matrices.dense3, buffers.sentence, wide, SENTENCE_WIDTH, false);
    return unitVector(this.#copy(buffers.sentence, SENTENCE_WIDTH).map(Math.tanh));
  }

  #denseLayer(
    a: number,
    matrix: Pick<MatrixProduct, 'b' | 'scales'>,
    c: number,
    inner: number,
    columns: number,
    relu: boolean,
  ): void {
    const { zeros } = this.#plan.buffers;
    this.#kernel.multiply({
      ...matrix,
      a,
      aStride: inner,
      bias: zeros,
      c,
      cStride: columns,
      rows: 1,
      inner,
      columns,
      relu,
    });
  }

  #copy(start: number, length: number): Float32Array {
    return this.#kernel.memory.slice(start, start + length);
  }
}

/** Rows of a window that lie before its token. */
function leftOf(window: number): number {
  return Math.floor((window - 1) / 2);
}
