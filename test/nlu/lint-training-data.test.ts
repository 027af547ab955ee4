import { expect, test } from 'vitest';
import { lintTrainingData } from '../../src/nlu/lint-training-data.ts';
import { parseTrainingData } from '../../src/nlu/training-data.ts';

const file = 'training-data/en/a.yml';

function lint(nlu: string, locales = ['en']) {
  const data = parseTrainingData([{ file, text: `nlu:\n${nlu}`, locale: 'en' }]);
  return lintTrainingData(data, locales).filter(({ rule }) => rule !== 'few-examples');
}

function intent(name: string, ...examples: string[]): string {
  return `  - intent: ${name}\n    examples: |\n${examples.map((text) => `      - ${text}\n`).join('')}`;
}

test('sound data has no finding', () => {
  const examples = ['where is it', 'track it', 'any news', 'has it left', 'when will it come'];
  const data = parseTrainingData([{ file, text: `nlu:\n${intent('track', ...examples)}`, locale: 'en' }]);
  expect(lintTrainingData(data, ['en'])).toEqual([]);
});

test('what recognisers find by themselves need not be annotated everywhere', () => {
  const examples = ['back on [friday](date)', 'out on friday', 'track it', 'any news', 'has it left'];
  const data = parseTrainingData([{ file, text: `nlu:\n${intent('track', ...examples)}`, locale: 'en' }]);
  expect(lintTrainingData(data, ['en'])).toEqual([]);
});

test.each([
  ['example-in-two-intents', intent('a', 'stop it') + intent('b', 'Stop it'), 7, 'error'],
  ['near-duplicate-across-intents', intent('a', 'stop, it!') + intent('b', 'stop it'), 7, 'warning'],
  ['near-duplicate', intent('a', 'order 12 is late', 'Order 34 is late!'), 5, 'warning'],
  ['entity-not-annotated', intent('a', 'to [Lisbon](city)', 'Lisbon is nice'), 5, 'warning'],
  ['whole-utterance-annotated', intent('a', '[it came in pieces](reason)'), 4, 'warning'],
  [
    'unknown-synonym',
    `${intent('a', 'b')}  - synonym: broken\n    examples: |\n      - bust\n`,
    5,
    'warning',
  ],
])('%s is found where it stands', (rule, nlu, line, severity) => {
  expect(lint(nlu)).toEqual([
    expect.objectContaining({ rule, severity, position: expect.objectContaining({ file, line }) as unknown }),
  ]);
});

test('an intent with too few examples is found in each language that has data', () => {
  const data = parseTrainingData([
    { file, text: `nlu:\n${intent('track', 'where is it')}`, locale: 'en' },
    { file: 'training-data/zh/a.yml', text: `nlu:\n${intent('other', '别的')}`, locale: 'zh' },
  ]);
  expect(lintTrainingData(data, ['en', 'zh', 'de']).map(({ message }) => message)).toEqual([
    '"track" has 1 example in en.',
    '"track" has 0 examples in zh.',
    '"other" has 0 examples in en.',
    '"other" has 1 example in zh.',
  ]);
});
