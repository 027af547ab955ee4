import { expect, test } from 'vitest';
import { parseDataLines } from '../../../src/nlu/evaluation/data-set.ts';

test("an editor's marks are no part of the lines: a byte order mark, carriage returns, empty lines", () => {
  const lines = parseDataLines(
    'train.jsonl',
    '\uFEFF{"text":"hi","intent":"greet"}\r\n\r\n{"text":"bye"}\r\n',
  );

  expect(lines.map(({ text, intent, source }) => ({ text, intent, source }))).toEqual([
    { text: 'hi', intent: 'greet', source: 'train.jsonl:1:1' },
    { text: 'bye', intent: undefined, source: 'train.jsonl:3:1' },
  ]);
});

test.each([
  ['{"text": ', 'train.jsonl:1 is not JSON.'],
  ['{"intent": "greet"}', 'train.jsonl:1 has no text.'],
  ['{"text": "hi", "intent": 3}', 'train.jsonl:1: the intent is not a text.'],
])('%s is refused by its line', (line, message) => {
  expect(() => parseDataLines('train.jsonl', line)).toThrow(message);
});
