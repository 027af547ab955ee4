import { expect, test } from 'vitest';
import { scoreOf } from '../../../src/dialogue/interpret/part.ts';
import type { Value } from '../../../src/dialogue/interpret/value.ts';
import { wholeText } from '../../../src/dialogue/interpret/whole-text.ts';
import { tripPart } from './trip-part.ts';
import type { Said } from './understand.ts';

test('an answer in free words is the whole message, without the space around it', () => {
  const [reading, ...more] = wholeText(tripPart('wishes', '  a quiet room '), [], [], 0);
  expect(reading?.commands).toEqual([
    { kind: 'set_slot', slot: 'wishes', value: 'a quiet room', text: '  a quiet room ' },
  ]);
  expect(more).toEqual([]);
});

test.each<[string, string | undefined, string]>([
  ['nothing is asked', undefined, 'a quiet room'],
  ['a day is asked for', 'return_on', 'a quiet room'],
  ['what is asked for has a form', 'code', 'a quiet room'],
  ['nothing is said', 'wishes', '  '],
])('no words are an answer where %s', (_, asked, text) => {
  expect(wholeText(tripPart(asked, text), [], [], 0)).toEqual([]);
});

interface Around {
  readonly said?: Said;
  readonly asked?: readonly Value[];
  readonly others?: readonly Value[];
  readonly elsewhere?: number;
}

function score(text: string, { said = {}, asked = [], others = [], elsewhere = 0 }: Around = {}): number {
  const [reading] = wholeText(tripPart('wishes', text, said), asked, others, elsewhere);
  return reading ? scoreOf(reading.terms) : -Infinity;
}

const value = (slot: string, text: string): Value => ({ slot, value: text, text, fit: 0.9, entities: [] });

test.each<[string, number]>([
  ['a question', score('is there a pool?')],
  ['a bare yes', score('yes', { said: { intents: { affirm: 0.9 } } })],
  ['what is said to every bot', score('a quiet room', { elsewhere: 0.9 })],
  ['what a value of another slot is made of', score('Lisbon', { others: [value('city', 'Lisbon')] })],
  [
    'what puts one value in the place of another',
    score('no, not tomorrow, Friday', { others: [value('day', 'Friday'), value('day', 'tomorrow')] }),
  ],
  [
    'the same in Chinese',
    score('不是明天，是周五', { others: [value('day', '是周五'), value('day', '明天')] }),
  ],
  ['what a part of is known to be the answer', score('a quiet room', { asked: [value('wishes', 'room')] })],
  ['what the slot refuses', score('nothing')],
])('%s is less likely the answer', (_, less) => {
  expect(less).toBeLessThan(score('a quiet room') - 0.5);
});

test('a sentence may name another task and still be the answer; a few words are the task', () => {
  const said = { intents: { weather: 0.97 } };
  const sentence = 'a balcony where the weather is good';
  expect(score(sentence, { said, elsewhere: 0.95 })).toBeGreaterThan(
    score('good weather', { said, elsewhere: 0.95 }) + 0.5,
  );
});
