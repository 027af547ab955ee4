import { readFileSync } from 'node:fs';
import { openPack } from './open-universal-encoder.ts';
import type { UniversalEncoder } from './universal-encoder.ts';

/**
 * The encoder that comes with the engine: the multilingual Universal Sentence Encoder, compressed.
 *
 * @throws EngineError `MODEL_INVALID` when its file is missing or damaged.
 */
export function createBundledEncoder(): UniversalEncoder {
  const sha256 = readFileSync(new URL('./use-multilingual.sha256', import.meta.url), 'utf8').trim();
  return openPack(new URL('./use-multilingual.safetensors', import.meta.url), sha256);
}
