import { describe, expect, test } from 'vitest';
import { loadEncoder } from '../../../src/nlu/encoder/load-encoder.ts';
import { cosine } from './cosine.ts';
import { publishedWeights } from './published-weights.ts';

const transformers: string = '@huggingface/transformers';
const folder = publishedWeights('all-MiniLM-L6-v2');
const installed = await import(transformers).then(
  () => true,
  () => false,
);
if (!installed) process.stderr.write('skipped: @huggingface/transformers is not installed\n');

describe.skipIf(folder === undefined)('an ONNX encoder', () => {
  test.skipIf(installed)('without its library is unavailable, with the fix', async () => {
    await expect(loadEncoder(folder ?? '')).rejects.toMatchObject({
      code: 'ENCODER_UNAVAILABLE',
      fix: expect.stringContaining('npm install') as string,
    });
  });

  test.skipIf(!installed)('puts paraphrases side by side', async () => {
    await using encoder = await loadEncoder(folder ?? '');
    const texts = ['Where is my order?', 'Has my parcel been shipped?', 'Tell me a joke'];
    const [order, parcel, joke] = (await encoder?.encode(texts)) ?? [];

    expect(encoder?.dimensions).toBe(384);
    expect(cosine(order?.sentence ?? [], parcel?.sentence ?? [])).toBeGreaterThan(
      cosine(order?.sentence ?? [], joke?.sentence ?? []) + 0.2,
    );
  });
});
