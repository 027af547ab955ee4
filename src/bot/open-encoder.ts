import type { Config } from '../config-schema.ts';
import type { Encoder } from '../nlu/encoder/encoder.ts';

/**
 * Opens the encoder that the configuration names; `undefined` for none.
 *
 * @param botDir - What a folder in the configuration is relative to, and where an optional package is looked for too.
 */
export async function openEncoder({ understanding }: Config, botDir: string): Promise<Encoder | undefined> {
  const { encoder } = understanding;
  if (encoder === 'none') return undefined;
  const { loadEncoder } = await import('../nlu/encoder/load-encoder.ts');
  if (typeof encoder === 'string') return loadEncoder(encoder, botDir);
  return loadEncoder({ url: encoder.url, model: encoder.model, apiKey: encoder.api_key }, botDir);
}
