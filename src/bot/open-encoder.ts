import type { Config } from '../config-schema.ts';
import type { Encoder } from '../nlu/encoder/encoder.ts';

/** Opens the encoder that the configuration names; `undefined` for none. */
export async function openEncoder({ understanding }: Config): Promise<Encoder | undefined> {
  const { encoder } = understanding;
  if (encoder === 'none') return undefined;
  const { loadEncoder } = await import('../nlu/encoder/load-encoder.ts');
  if (typeof encoder === 'string') return loadEncoder(encoder);
  return loadEncoder({ url: encoder.url, model: encoder.model, apiKey: encoder.api_key });
}
