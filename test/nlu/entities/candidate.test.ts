import { expect, test } from 'vitest';
import { type Candidate, fromTag } from '../../../src/nlu/entities/candidate.ts';
import { splitTokens } from '../../../src/nlu/entities/tagger/split-tokens.ts';

test.each([
  ['No, 24 Park Street, Berlin', '24 Park Street, Berlin'],
  ['sorry, Anna Lee', 'Anna Lee'],
  ['不是，北京路3号', '北京路3号'],
  ['No. 5, Mill Lane', 'No. 5, Mill Lane'],
  ['Berlin, Germany', 'Berlin, Germany'],
])('a yes, a no or a courtesy before a comma is no part of a value: "%s"', (text, value) => {
  expect(tagged(text)).toMatchObject({ text: value, value, start: text.length - value.length });
});

test.each([
  ['Yes, Berlin.', 'Berlin'],
  ['罗马。', '罗马'],
  ['no,', 'no'],
  ['Main St.', 'Main St.'],
  ['AB123456!', 'AB123456'],
  ['room 12.', 'room 12'],
])('what ends the sentence is no part of a value: "%s"', (text, value) => {
  expect(tagged(text)).toMatchObject({ text: value, value });
});

function tagged(text: string): Candidate {
  const tokens = splitTokens(text, text.toLowerCase());
  const whole = { type: { entity: 'address' }, first: 0, last: tokens.starts.length - 1, score: 0.9 };
  return fromTag(whole, tokens, [], { valueOf: () => undefined }, new Set());
}
