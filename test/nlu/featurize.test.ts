import { describe, expect, test } from 'vitest';
import { createFeatureBuffer, defaultFeatureSettings, featurize, foldText } from '../../src/nlu/featurize.ts';

function features(text: string): number[] {
  const buffer = createFeatureBuffer();
  featurize(text, defaultFeatureSettings, buffer);
  return [...buffer.hashes.subarray(0, buffer.size)];
}

describe('folding', () => {
  test.each([
    ['Cancel MX771204', 'cancel  🔖 '],
    ['mail Mia.K@example.com now', 'mail  📧  now'],
    ['see https://shop.example/a?b=1', 'see  🔗 '],
    ['call +49 170 1234567', 'call  🔢 '],
    ['two of 12', 'two of 00'],
    ['my iPhone12', 'my iphone00'],
    ['Ｏｒｄｅｒ', 'order'],
  ])('"%s" → "%s"', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });
});

describe('features', () => {
  test('the same text gives the same features, case and digits aside', () => {
    expect(features('Order 12, please')).toEqual(features('order 34, PLEASE'));
  });

  test('which address stands in a text does not count', () => {
    expect(features('cancel it, a@b.co')).toEqual(features('cancel it, li.na@example.com'));
  });

  test('word order counts', () => {
    expect(new Set(features('card lost'))).not.toEqual(new Set(features('lost card')));
  });

  test('a text longer than the buffer is read whole', () => {
    expect(features('word '.repeat(800)).length).toBeGreaterThan(4000);
  });

  test.each(['', '   ', '?!'])('"%s" has none', (text) => {
    expect(features(text)).toEqual([]);
  });
});
