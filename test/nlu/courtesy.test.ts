import { expect, test } from 'vitest';
import { isCourtesy } from '../../src/nlu/courtesy.ts';

test.each([
  ['sorry,', true],
  ['Hi there!', true],
  ['OK, thanks a lot.', true],
  ['好的，谢谢您！', true],
  ['不好意思打扰一下，', true],
  ['', false],
  ['where is my order', false],
  ['so where is it', false],
  ['hit', false],
  ['好的，取消', false],
  ['ok2', false],
])('"%s": %s', (text, expected) => {
  expect(isCourtesy(text)).toBe(expected);
});
