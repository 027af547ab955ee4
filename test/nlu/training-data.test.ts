import { describe, expect, test } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { anyEntity, parseTrainingData } from '../../src/nlu/training-data.ts';

const file = 'training-data/en/orders.yml';

function parse(text: string, locale: string | undefined = 'en') {
  return parseTrainingData([{ file, text, locale }]);
}

function findings(text: string, locale?: string) {
  try {
    parseTrainingData([{ file, text, locale }]);
  } catch (error) {
    if (error instanceof EngineError) return error.diagnostics;
  }
  return [];
}

describe('training data', () => {
  test('intents, synonyms, lookups and regexes are read', () => {
    const data = parse(`version: "3.1"
nlu:
  - intent: track_order
    examples: |
      - where is [KD204518](order_id)
      - fly from [Rome]{"entity": "city", "role": "from", "value": "ROM"}
  - synonym: damaged
    examples: |
      - broken
  - lookup: product
    examples: |
      - Alder Tent
  - regex: order_id
    examples: |
      - [A-Z]{2}\\d{6}
`);
    expect(data.examples).toEqual([
      {
        text: 'where is KD204518',
        intent: 'track_order',
        locale: 'en',
        entities: [{ entity: 'order_id', start: 9, end: 17 }],
        source: `${file}:5:9`,
      },
      {
        text: 'fly from Rome',
        intent: 'track_order',
        locale: 'en',
        entities: [{ entity: 'city', role: 'from', value: 'ROM', start: 9, end: 13 }],
        source: `${file}:6:9`,
      },
    ]);
    expect(data.lists).toEqual([
      {
        entity: anyEntity,
        items: [{ value: 'damaged', forms: ['broken'] }],
        locale: 'en',
        source: `${file}:7:14`,
      },
      {
        entity: 'product',
        items: [{ value: 'Alder Tent', forms: [] }],
        locale: 'en',
        source: `${file}:10:13`,
      },
    ]);
    expect(data.patterns).toEqual([{ entity: 'order_id', pattern: '[A-Z]{2}\\d{6}', locale: 'en' }]);
  });

  test("examples as a list, with Rasa's metadata or without, are read", () => {
    const data = parse(`nlu:
  - intent: greet
    examples:
      - text: |
          hi there
        metadata: { sentiment: 1 }
      - hello
`);
    expect(data.examples.map(({ text }) => text)).toEqual(['hi there', 'hello']);
  });

  test.each([
    ['an unknown key', 'nlu:\n  - intent: a\n    exemples: |\n      - b\n', 'training-data-key', 3, 5],
    ['no examples', 'nlu:\n  - intent: a\n', 'training-data-empty', 2, 13],
    [
      'a line without a dash',
      'nlu:\n  - intent: a\n    examples: |\n      - b\n      c\n',
      'training-data-line',
      5,
      7,
    ],
    [
      'an annotation that is not JSON',
      'nlu:\n  - intent: a\n    examples: |\n      - to [Rome]{city}\n',
      'training-data-annotation',
      4,
      12,
    ],
    [
      'a regex outside RE2',
      'nlu:\n  - regex: a\n    examples: |\n      - (?=b)\n',
      'training-data-regex',
      4,
      9,
    ],
    ['YAML that does not parse', 'nlu:\n  - intent: "a\n', 'yaml-syntax', 3, 1],
    ['a list in place of a map', '- intent: a\n', 'training-data-shape', 1, 1],
  ])('%s is an error at its place', (_, text, rule, line, column) => {
    expect(findings(text, 'en')).toContainEqual(
      expect.objectContaining({ rule, severity: 'error', position: { file, line, column } }),
    );
  });

  test('examples outside a language folder are an error', () => {
    expect(findings('nlu:\n  - intent: a\n    examples: |\n      - b\n')).toMatchObject([
      { rule: 'training-data-locale' },
    ]);
  });

  test('all findings of all files come at once', () => {
    const bad = 'nlu:\n  - intent: a\n  - intent: b\n';
    const files = [
      { file: 'a.yml', text: bad, locale: 'en' },
      { file: 'b.yml', text: bad, locale: 'zh' },
    ];
    expect(() => parseTrainingData(files)).toThrow(
      expect.objectContaining({ code: 'TRAINING_DATA_INVALID' }),
    );
    try {
      parseTrainingData(files);
    } catch (error) {
      expect(error instanceof EngineError ? error.diagnostics.length : 0).toBe(4);
    }
  });
});
