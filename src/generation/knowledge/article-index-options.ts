import type { CallOptions } from '../../call-options.ts';

/** What a text means: vectors whose cosine is nearness of meaning. */
export interface Meaning {
  /** Unit length. */
  readonly sentence: Float32Array;
  /** A second view, where the encoder has one; of any length. */
  readonly pooled?: Float32Array | undefined;
}

export interface PassageEncoder {
  /** Content hash: another encoder's vectors are not reused. */
  readonly id: string;
  encode(texts: readonly string[], options?: CallOptions): Promise<readonly Meaning[]>;
}

/** Multiplies a vector with each of the rows that it was made for: their dot products, in their order. */
export type VectorProducts = (vector: Float32Array) => Float32Array;

export interface ArticleIndexOptions {
  /** Where to keep the index between starts, by content hash; absent = in memory. */
  readonly cacheFolder?: string | undefined;
  readonly encoder?: PassageEncoder | undefined;
  /** How vectors are multiplied; absent = in plain JavaScript, which is slow. */
  readonly productsOf?: ((rows: readonly Float32Array[]) => VectorProducts) | undefined;
}
