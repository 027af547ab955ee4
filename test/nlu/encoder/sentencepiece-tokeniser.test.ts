import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBundledEncoder } from '../../../src/nlu/encoder/bundled-encoder.ts';
import { readFixture, readReferenceTexts } from './fixtures/read-fixture.ts';
import { publishedWeights } from './published-weights.ts';

const { tokeniser } = createBundledEncoder();
const folder = publishedWeights('use-multilingual');

describe('the SentencePiece tokeniser', () => {
  test.each([...readFixture('tokens'), ...readFixture('reference')])(
    'cuts "$text" as the original',
    ({ text, ids }) => {
      expect([1, ...tokeniser.tokenise(text).ids, 2]).toEqual(ids);
    },
  );

  test.skipIf(folder === undefined)('cuts all 3,207 published texts as the original', () => {
    const texts = ['tokens', 'reference'].flatMap((name) =>
      readReferenceTexts(join(folder ?? '', `${name}.jsonl`)),
    );

    const wrong = texts.filter(
      ({ text, ids }) => `1,${[...tokeniser.tokenise(text).ids, 2].join()}` !== ids.join(),
    );
    expect(texts).toHaveLength(3207);
    expect(wrong).toEqual([]);
  });

  test('spans lie inside the text, in order, and cover all but spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { ids, starts, ends } = tokeniser.tokenise(text);
        let last = 0;
        for (const [index] of ids.entries()) {
          const [start, end] = [starts[index] ?? -1, ends[index] ?? -1];
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(end).toBeGreaterThanOrEqual(last);
          last = end;
        }
      }),
    );
  });

  test.each([
    ['', []],
    ['   ', []],
    ['  two   words ', ['two', 'words']],
    ['ＡＢＣ１２３', ['ＡＢＣ', '１２３']],
    ['naïve 😀', ['na', 'ï', 've', '😀']],
  ])('the spans of "%s" are %j', (text, words) => {
    const { starts, ends } = tokeniser.tokenise(text);
    const spans = Array.from(starts, (start, index) => text.slice(start, ends[index]));

    expect(spans.filter((span) => span.trim() !== '')).toEqual(words);
  });
});
