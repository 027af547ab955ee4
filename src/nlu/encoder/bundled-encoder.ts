import { readFileSync } from 'node:fs';
import { deferEncoder } from './deferred-encoder.ts';
import type { Encoder } from './encoder.ts';
import { SENTENCE_WIDTH } from './network-weights.ts';
import { openPack } from './open-universal-encoder.ts';
import type { UniversalEncoder } from './universal-encoder.ts';

/**
 * The encoder that comes with the engine: the multilingual Universal Sentence Encoder, compressed.
 *
 * @throws EngineError `MODEL_INVALID` when its file is missing or damaged.
 */
export function createBundledEncoder(): UniversalEncoder {
  return openPack(new URL('./use-multilingual.safetensors', import.meta.url), bundledId());
}

/** The same, opened when it is first used; what is wrong with its file is found then. */
export function deferBundledEncoder(): Encoder {
  const known = { id: bundledId(), dimensions: SENTENCE_WIDTH, pooledDimensions: SENTENCE_WIDTH };
  return deferEncoder(known, () => Promise.resolve().then(createBundledEncoder));
}

/** The checksum that was written beside the file; also the encoder's id. */
export function bundledId(): string {
  return readFileSync(new URL('./use-multilingual.sha256', import.meta.url), 'utf8').trim();
}
