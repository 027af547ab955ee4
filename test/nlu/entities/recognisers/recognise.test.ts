import { describe, expect, test } from 'vitest';
import { entityKinds } from '../../../../src/nlu/recognizer.ts';
import { foldText } from '../../../../src/nlu/entities/fold-text.ts';
import { createRecogniser } from '../../../../src/nlu/entities/recognisers/recognise.ts';
import { chineseNothing, chinesePhrases } from './chinese-phrases.ts';
import { englishNothing, englishPhrases } from './english-phrases.ts';
import { frenchNothing, frenchPhrases } from './french-phrases.ts';
import { germanNothing, germanPhrases } from './german-phrases.ts';
import { japaneseNothing, japanesePhrases } from './japanese-phrases.ts';
import { spanishNothing, spanishPhrases } from './spanish-phrases.ts';

const recognise = createRecogniser(['en', 'zh', 'de', 'fr', 'es', 'ja'], entityKinds);
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
  ['de', germanPhrases, germanNothing],
  ['fr', frenchPhrases, frenchNothing],
  ['es', spanishPhrases, spanishNothing],
  ['ja', japanesePhrases, japaneseNothing],
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

describe('a day that is counted from one told of before', () => {
  test.each([
    ['a week later', 'en', { months: 0, days: 7 }],
    ['two months after that', 'en', { months: 2, days: 0 }],
    ['a day earlier', 'en', { months: 0, days: -1 }],
    ['the next day', 'en', { months: 0, days: 1 }],
    ['the day after', 'en', { months: 0, days: 1 }],
    ['一个星期以后', 'zh', { months: 0, days: 7, loosely: true }],
    ['第二天', 'zh', { months: 0, days: 1 }],
    ['提前一天', 'zh', { months: 0, days: -1 }],
    ['a week from now', 'en', undefined],
    ['in a week', 'en', undefined],
    ['the day after Christmas', 'en', undefined],
    ['三天内', 'zh', undefined],
  ])('%s', (text, locale, later) => {
    const options = { locale, requested: [], now, timeZone: 'Asia/Shanghai' };
    expect(recognise(text, foldText(text), options).map((each) => each.later)).toEqual([later]);
  });
});

describe('a clock that is put forward or back', () => {
  /** Saturday, 28 March 2026, 12:00 in Paris, the day before the clocks go forward. */
  const spring = Date.UTC(2026, 2, 28, 11, 0);
  /** Saturday, 24 October 2026, 12:00 in Paris, the day before they go back. */
  const autumn = Date.UTC(2026, 9, 24, 10, 0);

  test.each([
    [spring, 'tomorrow at 1am', '2026-03-29T01:00+01:00'],
    [spring, 'tomorrow at 2:30 am', '2026-03-29T03:30+02:00'],
    [spring, 'tomorrow at 9am', '2026-03-29T09:00+02:00'],
    [spring, 'in 24 hours', '2026-03-29T13:00+02:00'],
    [spring, 'next Monday at 9am', '2026-03-30T09:00+02:00'],
    [autumn, 'tomorrow at 2:30 am', '2026-10-25T02:30+02:00'],
    [autumn, 'tomorrow at 9am', '2026-10-25T09:00+01:00'],
    [autumn, 'in 24 hours', '2026-10-25T11:00+01:00'],
  ])('is followed (%d, "%s")', (at, text, value) => {
    const options = { locale: 'en', requested: [], now: at, timeZone: 'Europe/Paris' };
    expect(recognise(text, foldText(text), options).map((hit) => hit.value)).toEqual([value]);
  });

  test('the day is that of the zone, not of the machine', () => {
    const now = Date.UTC(2026, 10, 18, 23, 30);
    const read = (timeZone: string): unknown =>
      recognise('today', 'today', { locale: 'en', requested: [], now, timeZone })[0]?.value;
    expect([read('America/Los_Angeles'), read('UTC'), read('Asia/Tokyo')]).toEqual([
      '2026-11-18',
      '2026-11-18',
      '2026-11-19',
    ]);
  });
});

describe('what was just asked for', () => {
  const asked = (
    text: string,
    type: 'time' | 'money' | 'number' | 'date',
    locale = 'en',
  ): readonly unknown[] => {
    const requested = [{ slot: 'x', type, entities: [] }];
    const options = { locale, requested, now, timeZone: 'Asia/Shanghai' };
    return recognise(text, foldText(text), options).map(({ kind, value }) => [kind, value]);
  };

  test.each([
    ['3', 'time', ['time', '15:00']],
    ['50', 'money', ['money', { amount: 50, currency: null }]],
    ['one', 'number', ['number', 1]],
    ['the 5th', 'date', ['date', '2026-12-05']],
  ] as const)('decides what "%s" is (%s)', (text, type, expected) => {
    expect(asked(text, type)).toEqual([expected]);
  });
});
