import type { CallOptions } from '../../call-options.ts';
import type { Encoder } from './encoder.ts';
import { openVectorCache } from './vector-cache.ts';
import { sentenceVector, sentenceWidth } from './sentence-vector.ts';

export interface EncodeAllOptions extends CallOptions {
  /** Where vectors are kept from one training to the next; absent, they are not kept. */
  readonly cacheFolder?: string | undefined;
  /** Called with the share done, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const TEXTS_A_CALL = 64;

/** Encodes each distinct text once, taking from the cache what it knows: vectors by text. */
export async function encodeAll(
  encoder: Encoder,
  texts: readonly string[],
  { cacheFolder, onProgress, signal }: EncodeAllOptions = {},
): Promise<ReadonlyMap<string, Float32Array>> {
  const cache =
    cacheFolder === undefined
      ? undefined
      : await openVectorCache(cacheFolder, encoder.id, sentenceWidth(encoder));
  const vectors = new Map<string, Float32Array>();
  const missing: string[] = [];
  for (const text of new Set(texts)) {
    const known = cache?.get(text);
    if (known) vectors.set(text, known);
    else missing.push(text);
  }
  for (let start = 0; start < missing.length; start += TEXTS_A_CALL) {
    onProgress?.(start / missing.length);
    const some = missing.slice(start, start + TEXTS_A_CALL);
    const encodings = await encoder.encode(some, { signal });
    for (const [index, encoding] of encodings.entries())
      vectors.set(some[index] ?? '', sentenceVector(encoding));
  }
  if (missing.length > 0) await cache?.save(vectors);
  onProgress?.(1);
  return vectors;
}
