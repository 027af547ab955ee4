import { describe, expect, test } from 'vitest';
import { entityKinds } from '../../../../src/nlu/entities/entity-kinds.ts';
import { foldText } from '../../../../src/nlu/entities/fold-text.ts';
import { createRecogniser } from '../../../../src/nlu/entities/recognisers/recognise.ts';
import { chineseNothing, chinesePhrases } from './chinese-phrases.ts';
import { englishNothing, englishPhrases } from './english-phrases.ts';

const recognise = createRecogniser(['en', 'zh'], entityKinds);
/** Wednesday, 18 November 2026, 10:30 in Shanghai. */
const now = Date.UTC(2026, 10, 18, 2, 30);

function found(text: string, locale: string): readonly unknown[] {
  const options = { locale, requested: [], now, timeZone: 'Asia/Shanghai' };
  return recognise(text, foldText(text), options).map(({ kind, start, end, value }) => [
    kind,
    text.slice(start, end),
    value,
  ]);
}

function unmarked(marked: string): readonly [text: string, surface: string] {
  const text = marked.replace(/[[\]]/g, '');
  return [text, marked.slice(marked.indexOf('[') + 1, marked.indexOf(']'))];
}

describe.each([
  ['en', englishPhrases, englishNothing],
  ['zh', chinesePhrases, chineseNothing],
] as const)('recognisers in %s', (locale, phrases, nothing) => {
  test('are tested on 150 phrases and more', () => {
    expect(phrases.length).toBeGreaterThanOrEqual(150);
  });

  test.each(phrases)('read %s as %s', (marked, kind, value) => {
    const [text, surface] = unmarked(marked);
    expect(found(text, locale)).toEqual([[kind, surface, value]]);
  });

  test.each(nothing)('find nothing in "%s"', (text) => {
    expect(found(text, locale)).toEqual([]);
  });
});
