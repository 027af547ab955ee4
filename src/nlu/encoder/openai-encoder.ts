import { createHash } from 'node:crypto';
import type { OpenAI } from 'openai';
import type { CallOptions } from '../../call-options.ts';
import { EngineError } from '../../errors.ts';
import type { Encoder, Encoding } from './encoder.ts';
import { unitVector } from './unit-vector.ts';

export interface OpenAiEncoderOptions {
  /** The server's base URL, up to and with `/v1`. */
  readonly url: string;
  readonly model: string;
  /** Absent for servers that ask for none. */
  readonly apiKey?: string | undefined;
  /** Default 10 seconds. */
  readonly timeoutMs?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

const TEXTS_A_REQUEST = 64;

/**
 * Encodes through any OpenAI-compatible `/v1/embeddings` server; asks it once for its dimensions.
 *
 * @throws EngineError `ENCODER_UNAVAILABLE` when the server does not answer.
 */
export async function createOpenAiEncoder(options: OpenAiEncoderOptions): Promise<Encoder> {
  const { OpenAI } = await import('openai');
  const client = new OpenAI({
    baseURL: options.url,
    apiKey: options.apiKey ?? 'none',
    timeout: options.timeoutMs ?? 10_000,
    maxRetries: 1,
    ...(options.fetch && { fetch: options.fetch }),
  });
  const [probe] = await embed(client, options, ['dimensions'], {});
  return {
    id: createHash('sha256').update(`${options.url}\n${options.model}`).digest('hex'),
    dimensions: probe?.sentence.length ?? 0,
    pooledDimensions: 0,
    encode: async (texts, { signal } = {}) => {
      const encodings: Encoding[] = [];
      for (let start = 0; start < texts.length; start += TEXTS_A_REQUEST) {
        encodings.push(
          ...(await embed(client, options, texts.slice(start, start + TEXTS_A_REQUEST), { signal })),
        );
      }
      return encodings;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function embed(
  client: OpenAI,
  { url, model }: OpenAiEncoderOptions,
  texts: readonly string[],
  { signal }: CallOptions,
): Promise<readonly Encoding[]> {
  try {
    const { data } = await client.embeddings.create(
      // Servers refuse an empty input.
      { model, input: texts.map((text) => text || ' '), encoding_format: 'float' },
      { signal },
    );
    const vectors = data.toSorted((left, right) => left.index - right.index);
    if (vectors.length !== texts.length)
      throw new Error(`${vectors.length} vectors for ${texts.length} texts`);
    return vectors.map(({ embedding }) => ({ sentence: unitVector(Float32Array.from(embedding)) }));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new EngineError('ENCODER_UNAVAILABLE', `The encoder ${model} at ${url} does not answer.`, {
      cause,
      fix: 'Check `understanding.encoder` in usher.yml: its url (with /v1), model and api_key.',
    });
  }
}
