import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openUniversalEncoder } from '../../../src/nlu/encoder/open-universal-encoder.ts';
import { cosine } from './cosine.ts';
import { readReferenceTexts } from './fixtures/read-fixture.ts';
import { publishedWeights } from './published-weights.ts';

const folder = publishedWeights('use-multilingual');

describe.skipIf(folder === undefined)('the published weights', () => {
  test('give the reference embeddings', async () => {
    const references = readReferenceTexts(join(folder ?? '', 'reference.jsonl'));
    await using encoder = openUniversalEncoder(folder ?? '');
    const encodings = await encoder.encode(references.map(({ text }) => text));

    const cosines = encodings.map(({ sentence }, index) =>
      cosine(sentence, references[index]?.embedding ?? []),
    );
    expect(Math.min(...cosines)).toBeGreaterThanOrEqual(0.9999);
  }, 120_000);
});
