import { fileURLToPath } from 'node:url';
import type { CallOptions } from '../../call-options.ts';
import { runInThreads, threadsFor } from '../run-in-threads.ts';
import { bundledId } from './bundled-encoder.ts';
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
  const calls = Array.from({ length: Math.ceil(missing.length / TEXTS_A_CALL) }, (_, call) =>
    missing.slice(call * TEXTS_A_CALL, (call + 1) * TEXTS_A_CALL),
  );
  let done = 0;
  const onDone = (): void => {
    done += 1;
    onProgress?.(done / calls.length);
  };
  if (calls.length > 0) onProgress?.(0);
  const encoded = await encodeCalls(encoder, calls, { onDone, signal });
  for (const [call, some] of calls.entries()) {
    for (const [index, text] of some.entries()) {
      const vector = encoded[call]?.[index];
      if (vector) vectors.set(text, vector);
    }
  }
  if (missing.length > 0) await cache?.save(vectors);
  if (calls.length === 0) onProgress?.(1);
  return vectors;
}

const workerFile = fileURLToPath(new URL('./encode-worker.js', import.meta.url));
/** Opening the encoder in each thread takes as long as some hundred texts. */
const WORTH_THREADS = 1000 / TEXTS_A_CALL;

type Vectors = readonly Float32Array[];

/** The bundled encoder encodes many texts on all cores; others, which may be remote, encode in their own way. */
async function encodeCalls(
  encoder: Encoder,
  calls: readonly (readonly string[])[],
  { onDone, signal }: CallOptions & { readonly onDone: () => void },
): Promise<readonly Vectors[]> {
  const inThreads = calls.length >= WORTH_THREADS && encoder.id === bundledId();
  if (inThreads && threadsFor(workerFile, calls.length) > 1) {
    return runInThreads<readonly string[], Vectors>(workerFile, undefined, calls, { onDone, signal });
  }
  const vectors: Vectors[] = [];
  for (const texts of calls) {
    vectors.push((await encoder.encode(texts, { signal })).map(sentenceVector));
    onDone();
  }
  return vectors;
}
