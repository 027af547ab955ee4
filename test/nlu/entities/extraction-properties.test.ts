import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityKinds } from '../../../src/nlu/recognizer.ts';
import { createEntityExtractor } from '../../../src/nlu/entities/entity-extractor.ts';
import { foldText } from '../../../src/nlu/entities/fold-text.ts';
import { chinese } from '../../../src/nlu/entities/recognisers/languages/chinese.ts';
import { english } from '../../../src/nlu/entities/recognisers/languages/english.ts';
import { recogniseQuantities } from '../../../src/nlu/entities/recognisers/recognise-quantities.ts';
import { readSenses } from '../../../src/nlu/entities/recognisers/sense-stream.ts';
import { createMisspeltDays } from '../../../src/nlu/entities/recognisers/misspelt-days.ts';
import { createSenseTrie } from '../../../src/nlu/entities/recognisers/sense-trie.ts';
import { trainEntityModel } from '../../../src/nlu/entities/train-entity-model.ts';

const model = trainEntityModel(
  {
    examples: [
      {
        text: 'send it to Lyon',
        intent: 'send',
        locale: 'en',
        entities: [{ entity: 'city', start: 11, end: 15 }],
      },
      { text: '寄到北京', intent: 'send', locale: 'zh', entities: [{ entity: 'city', start: 2, end: 4 }] },
      { text: 'where is it', intent: 'ask', locale: 'en', entities: [] },
    ],
    lists: [{ entity: 'colour', items: [{ value: 'turquoise', forms: ['blue green', '蓝绿色'] }] }],
    patterns: [{ entity: 'coupon', pattern: '[A-Z]{4}-(?:a+)+\\d' }],
  },
  { locales: ['en', 'zh', 'de', 'fr', 'es', 'ja'], seed: 1 },
);
const extractor = createEntityExtractor(model);
const words = [
  'tomorrow',
  '下周二',
  '3',
  'to',
  '到',
  'half',
  '点',
  'past',
  '$',
  '块',
  'next',
  '%',
  'Lyon',
  '北京',
  '-',
  '１２',
  '.',
  'a',
  '半',
  '零',
  '万',
  'vor',
  '時',
  '😀',
  '\u0000',
  'turquoise',
];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((some) => some.join('')),
  fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((some) => some.join(' ')),
);
const locale = fc.constantFrom('en', 'zh', 'de', 'fr', 'es', 'ja', 'xx');
const requested = fc
  .subarray(['date', 'time', 'number', 'money', 'text', 'phone'] as const)
  .map((types) => types.map((type) => ({ slot: type, type, entities: ['city'] })));
const options = { now: Date.UTC(2026, 10, 18), timeZone: 'Europe/Paris' };

describe('extraction from any text', () => {
  test('gives spans of the text, in order, without overlaps', () => {
    fc.assert(
      fc.property(text, locale, requested, (input, language, asked) => {
        const found = extractor.extract(input, { ...options, locale: language, requested: asked });
        let last = 0;
        for (const { start, end, text: surface } of found) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(input.slice(start, end)).toBe(surface);
          last = end;
        }
      }),
      { numRuns: 400, seed: 4 },
    );
  });

  test('gives values that survive JSON', () => {
    fc.assert(
      fc.property(text, locale, (input, language) => {
        const found = extractor.extract(input, { ...options, locale: language, requested: [] });
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  test('folding keeps every place', () => {
    fc.assert(
      fc.property(text, (input) => {
        expect(foldText(input)).toHaveLength(input.length);
      }),
      { seed: 4 },
    );
  });
});

const units = [
  'a',
  '1',
  '1,',
  '三',
  '下周',
  'next ',
  '1-',
  'a@a.',
  '$1 ',
  'half past ',
  '1 day ',
  'http://a.',
  '(',
  'AAAA-a',
  'turquoise ',
];

describe('a long text', () => {
  test.each(units)('of "%s" is read up to 10,000 units', (unit) => {
    const long = unit.repeat(Math.ceil(100_000 / unit.length));
    const read = (input: string) => extractor.extract(input, { ...options, locale: 'en', requested: [] });
    expect(read(long)).toEqual(read(long.slice(0, 10_000)));
  });

  const entries = [...english.entries(), ...chinese.entries()];
  const words = { ...english, trie: createSenseTrie(entries), misspelt: createMisspeltDays(entries) };

  /** How often the grammar looks at a token of the text. */
  function looks(text: string): number {
    let count = 0;
    const tokens = new Proxy([...(readSenses(foldText(text), words) ?? [])], {
      get(target, key) {
        count++;
        return Reflect.get(target, key) as unknown;
      },
    });
    const clock = { today: 0, minute: 0, now: 0, timeZone: 'UTC' };
    const senses = { ...english, tokens, clock, past: false, asked: new Set<string>() };
    recogniseQuantities(senses, new Set(entityKinds));
    return count;
  }

  test.each([...units, 'and a half ', 'next week to ', '3 March 2026 ', 'last last '])(
    'of "%s" takes the grammar work in proportion to its length',
    (unit) => {
      expect(looks(unit.repeat(400))).toBeLessThanOrEqual(5 * Math.max(looks(unit.repeat(100)), 100));
    },
  );
});
