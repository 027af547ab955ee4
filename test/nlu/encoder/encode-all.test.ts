import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBundledEncoder } from '../../../src/nlu/encoder/bundled-encoder.ts';
import { encodeAll } from '../../../src/nlu/encoder/encode-all.ts';

const encoder = createBundledEncoder();
let cacheFolder = '';
beforeEach(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'usher-vectors-'));
});
afterEach(() => rm(cacheFolder, { recursive: true, force: true }));

const texts = ['where is my order', 'refund please', 'where is my order'];

test('vectors from the cache are those that were encoded, to the bit', async () => {
  const first = await encodeAll(encoder, texts, { cacheFolder });
  const shares: number[] = [];
  const second = await encodeAll(encoder, texts, { cacheFolder, onProgress: (share) => shares.push(share) });

  expect(second).toEqual(first);
  expect([...second.values()].map(({ length }) => length)).toEqual([1024, 1024]);
  expect(shares).toEqual([1]);
});

test('a damaged cache counts as empty', async () => {
  const first = await encodeAll(encoder, texts, { cacheFolder });
  const [file = ''] = await readdir(cacheFolder);
  await writeFile(join(cacheFolder, file), 'cut short');

  expect(await encodeAll(encoder, texts, { cacheFolder })).toEqual(first);
});
