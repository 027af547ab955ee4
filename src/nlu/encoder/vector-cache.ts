import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Vectors of texts on disk, so that training again does not encode again. */
export interface VectorCache {
  get(text: string): Float32Array | undefined;
  /** Replaces what is kept; a crash leaves the old file. */
  save(vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
}

const HASH_BYTES = 16;

/**
 * Opens the cache of one encoder: a file of records, each a text's hash and its vector. A file of another width, or cut
 * short, counts as empty: it is written anew.
 */
export async function openVectorCache(
  folder: string,
  encoderId: string,
  width: number,
): Promise<VectorCache> {
  const hash = createHash('sha256').update(encoderId).digest('hex').slice(0, 16);
  const file = join(folder, `vectors-${hash}-${width}.bin`);
  const recordBytes = HASH_BYTES + 4 * width;
  const bytes = await readFile(file).catch(() => Buffer.alloc(0));
  const places = new Map<string, number>();
  if (bytes.length % recordBytes === 0) {
    for (let at = 0; at < bytes.length; at += recordBytes) {
      places.set(bytes.toString('latin1', at, at + HASH_BYTES), at + HASH_BYTES);
    }
  }
  return {
    get: (text) => {
      const at = places.get(keyOf(text).toString('latin1'));
      return at === undefined
        ? undefined
        : new Float32Array(Uint8Array.from(bytes.subarray(at, at + 4 * width)).buffer);
    },
    save: async (vectors) => {
      const records = [...vectors].flatMap(([text, vector]) => [
        keyOf(text),
        new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength),
      ]);
      await mkdir(folder, { recursive: true });
      const draft = `${file}.draft`;
      await writeFile(draft, Buffer.concat(records));
      await rename(draft, file);
    },
  };
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, HASH_BYTES);
}
