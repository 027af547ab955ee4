import { expect, test } from 'vitest';
import { fromTag } from '../../../src/nlu/entities/candidate.ts';
import { splitTokens } from '../../../src/nlu/entities/tagger/split-tokens.ts';

test.each([
  ['No, 24 Park Street, Berlin', '24 Park Street, Berlin'],
  ['sorry, Anna Lee', 'Anna Lee'],
  ['不是，北京路3号', '北京路3号'],
  ['No. 5, Mill Lane', 'No. 5, Mill Lane'],
  ['Berlin, Germany', 'Berlin, Germany'],
  ['no,', 'no,'],
])('a yes, a no or a courtesy before a comma is no part of a value: "%s"', (text, value) => {
  const tokens = splitTokens(text, text.toLowerCase());
  const whole = { type: { entity: 'address' }, first: 0, last: tokens.starts.length - 1, score: 0.9 };
  const candidate = fromTag(whole, tokens, [], { valueOf: () => undefined }, new Set());

  expect(candidate).toMatchObject({ text: value, value, start: text.length - value.length });
});
