import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText, maxMessageChars } from '../../src/nlu/clean-text.ts';

test.each([
  ['full-width letters and digits become ASCII', 'ＡＢ１２３４５６', 'AB123456'],
  ['full-width addresses become ASCII', 'li．na＠ｅｘａｍｐｌｅ．ｃｏｍ', 'li.na@example.com'],
  ['Chinese punctuation stays', '你好，订单呢？', '你好，订单呢？'],
  ['control characters go', 'a\u0000b\u0007c', 'abc'],
  ['zero-width spaces go', 'or\u200Bder', 'order'],
  ['line breaks are one kind', 'a\r\nb\rc', 'a\nb\nc'],
  ['joined emoji stay whole', '👩‍💻', '👩‍💻'],
  ['decomposed letters are composed', 'cafe\u0301', 'café'],
  ['half a surrogate pair is replaced', 'a\uD83D', 'a\uFFFD'],
])('%s', (_, received, text) => {
  expect(cleanText(received)).toEqual({ text, notes: [] });
});

test('a megabyte is read by its beginning, and a note says so', () => {
  const { text, notes } = cleanText('word '.repeat(200_000));
  expect(text.length).toBeLessThanOrEqual(maxMessageChars);
  expect(notes).toEqual([expect.stringMatching(/^truncated: /)]);
});

test('cleaning is idempotent and leaves well-formed text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (received) => {
      const { text } = cleanText(received);
      expect(cleanText(text).text).toBe(text);
      expect(/\p{Surrogate}/u.test(text)).toBe(false);
    }),
  );
});
