import type { CallOptions } from '../../call-options.ts';

/** Texts to unit vectors whose cosine is nearness of meaning. */
export interface PassageEncoder {
  /** Content hash: another encoder's vectors are not reused. */
  readonly id: string;
  embed(texts: readonly string[], options?: CallOptions): Promise<readonly Float32Array[]>;
}

export interface ArticleIndexOptions {
  /** Where to keep the index between starts, by content hash; absent = in memory. */
  readonly cacheFolder?: string | undefined;
  readonly encoder?: PassageEncoder | undefined;
}
