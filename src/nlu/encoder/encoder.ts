import type { CallOptions } from '../../call-options.ts';

/** What an encoder makes of one text. Vectors are unit length unless said otherwise. */
export interface Encoding {
  readonly sentence: Float32Array;
  /** The layer before the last, where the encoder has one; not unit length. */
  readonly pooled?: Float32Array | undefined;
  readonly tokens?: readonly TokenEncoding[] | undefined;
}

export interface TokenEncoding {
  /** UTF-16 span in the text; end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly vector: Float32Array;
}

/** Turns texts into vectors whose cosine is nearness of meaning. */
export interface Encoder extends AsyncDisposable {
  /** Content hash of weights and tokeniser (or server and model name): a model refuses another one. */
  readonly id: string;
  readonly dimensions: number;
  readonly pooledDimensions: number;
  /**
   * @param options.tokens - Whether token vectors are wanted; the default is false.
   * @throws EngineError `ENCODER_UNAVAILABLE` when a remote one does not answer.
   */
  encode(
    texts: readonly string[],
    options?: CallOptions & { readonly tokens?: boolean },
  ): Promise<readonly Encoding[]>;
}
