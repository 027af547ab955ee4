import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { createBundledEncoder } from '../../../src/nlu/encoder/bundled-encoder.ts';
import { openPack } from '../../../src/nlu/encoder/open-universal-encoder.ts';
import { cosine } from './cosine.ts';
import { readFixture } from './fixtures/read-fixture.ts';

const packUrl = new URL('../../../src/nlu/encoder/use-multilingual.safetensors', import.meta.url);
const encoder = createBundledEncoder();
afterAll(() => encoder[Symbol.asyncDispose]());

async function sentence(text: string): Promise<Float32Array> {
  const [encoding] = await encoder.encode([text]);
  return encoding?.sentence ?? new Float32Array(0);
}

describe('the bundled encoder', () => {
  test.each(readFixture('reference').filter(({ embedding }) => embedding))(
    'stays close to the published embedding of "$text"',
    async ({ text, embedding }) => {
      expect(cosine(await sentence(text), embedding ?? [])).toBeGreaterThan(0.95);
    },
  );

  test('puts a question beside its translation and away from another request', async () => {
    const question = await sentence('Where is my order?');

    expect(cosine(question, await sentence('我的订单到哪里了？'))).toBeGreaterThan(0.65);
    expect(cosine(question, await sentence('我想申请退款'))).toBeLessThan(0.4);
  });

  test('gives sentences unit length, whatever they hold', async () => {
    for (const text of ['', ' ', '😀', '\u0000\ud800', 'word '.repeat(2000)]) {
      const vector = await sentence(text);
      expect(cosine(vector, vector)).toBeCloseTo(1);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    }
  });

  test('gives each token a vector and its span in the text', async () => {
    const text = 'Wo ist  meine Bestellung?';
    const [encoding] = await encoder.encode([text], { tokens: true });

    expect(encoding?.tokens?.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Wo',
      'ist',
      'meine',
      'Be',
      'stellung',
      '?',
    ]);
    expect(encoding?.tokens?.[0]?.vector).toHaveLength(512);
  });

  test('gives the same numbers alone, in a batch and from its cache', async () => {
    const texts = ['track my parcel', '退货', 'track my parcel'];
    const batch = await encoder.encode(texts);
    await using other = createBundledEncoder();
    const [alone] = await other.encode([texts[1] ?? '']);

    expect(batch[1]?.sentence).toEqual(alone?.sentence);
    expect(batch[2]).toBe(batch[0]);
  });

  test('rejects with the reason of an abort', async () => {
    const reason = new Error('enough');

    await expect(encoder.encode(['text'], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('has the hash of its file as its id, and refuses a file with another hash', () => {
    expect(encoder.id).toBe(readFileSync(new URL('./use-multilingual.sha256', packUrl), 'utf8').trim());
    expect(() => openPack(packUrl, '0'.repeat(64))).toThrow(
      expect.objectContaining({ code: 'MODEL_INVALID', fix: expect.any(String) as string }) as Error,
    );
  });

  test('is at most 24 MB on disk', () => {
    expect(readFileSync(fileURLToPath(packUrl)).length).toBeLessThanOrEqual(24_000_000);
  });
});
