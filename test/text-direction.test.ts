import { expect, test } from 'vitest';
import { textDirection } from '../src/text-direction.ts';

test.each([
  ['ar', 'rtl'],
  ['ar-EG', 'rtl'],
  ['he', 'rtl'],
  ['ckb', 'rtl'],
  // Written in Latin letters, where a region does not say otherwise.
  ['ku', 'ltr'],
  ['en', 'ltr'],
  ['zh-TW', 'ltr'],
  // Arawak, not Arabic.
  ['arw', 'ltr'],
] as const)('%s is written %s', (locale, direction) => {
  expect(textDirection(locale)).toBe(direction);
});
