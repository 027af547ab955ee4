import type { CallOptions } from '../../call-options.ts';
import type { ConvolutionNetwork } from './convolution-network.ts';
import type { Encoder, Encoding, TokenEncoding } from './encoder.ts';
import { SENTENCE_WIDTH } from './network-weights.ts';
import { RecentMap } from './recent-map.ts';
import type { SentencePieceTokeniser } from './sentencepiece-tokeniser.ts';

export interface UniversalEncoderOptions {
  readonly id: string;
  readonly tokeniser: SentencePieceTokeniser;
  readonly network: ConvolutionNetwork;
  /** What the network reads from; closed with the encoder. */
  readonly file?: Disposable | undefined;
  /** Encodings kept by text; the default is 1000 (about 5 MB). */
  readonly maxCached?: number | undefined;
}

/** Marks of start and end, which the network was trained with. */
const START = 1;
const END = 2;

/** Texts encoded between two looks at the event loop and the signal. */
const TEXTS_A_SLICE = 8;

/** The multilingual Universal Sentence Encoder behind the port: text in, vectors out, in this thread. */
export class UniversalEncoder implements Encoder {
  readonly id: string;
  readonly dimensions: number = SENTENCE_WIDTH;
  readonly pooledDimensions: number = SENTENCE_WIDTH;
  readonly tokeniser: SentencePieceTokeniser;
  readonly #network: ConvolutionNetwork;
  readonly #file: Disposable | undefined;
  readonly #recent: RecentMap<string, Encoding>;

  constructor({ id, tokeniser, network, file, maxCached = 1000 }: UniversalEncoderOptions) {
    this.id = id;
    this.tokeniser = tokeniser;
    this.#network = network;
    this.#file = file;
    this.#recent = new RecentMap(maxCached);
  }

  async encode(
    texts: readonly string[],
    { signal, tokens = false }: CallOptions & { readonly tokens?: boolean } = {},
  ): Promise<readonly Encoding[]> {
    const encodings: Encoding[] = [];
    for (const [index, text] of texts.entries()) {
      if (index > 0 && index % TEXTS_A_SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      encodings.push(this.#encodeOne(text, tokens));
    }
    return encodings;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#file?.[Symbol.dispose]();
    return Promise.resolve();
  }

  #encodeOne(text: string, wantTokens: boolean): Encoding {
    const known = this.#recent.get(text);
    if (known && (!wantTokens || known.tokens)) return known;
    const { ids, starts, ends } = this.tokeniser.tokenise(text);
    // A text that is too long loses its end, but not the mark of its end.
    const kept = ids.subarray(0, this.#network.maxTokens - 2);
    const { sentence, pooled, tokens } = this.#network.run(Int32Array.of(START, ...kept, END), wantTokens);
    const encoding = {
      sentence,
      pooled,
      tokens: wantTokens
        ? Array.from(kept, (_, index): TokenEncoding => {
            const [start, end] = [starts[index] ?? 0, ends[index] ?? 0];
            return { start, end, vector: tokens[index + 1] ?? new Float32Array(SENTENCE_WIDTH) };
          })
        : undefined,
    };
    this.#recent.set(text, encoding);
    return encoding;
  }
}
