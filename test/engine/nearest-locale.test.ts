import { expect, test } from 'vitest';
import { nearestLocale } from '../../src/engine/nearest-locale.ts';

test.each([
  ['zh', ['en', 'zh'], 'zh'],
  ['zh-CN', ['en', 'zh'], 'zh'],
  ['zh-Hant-TW', ['en', 'zh'], 'zh'],
  ['en-GB', ['zh', 'en'], 'en'],
  ['EN-us', ['zh', 'en-GB', 'en'], 'en'],
  ['pt', ['en', 'pt-BR'], 'pt-BR'],
  ['zh-HK', ['zh-CN', 'zh-TW'], 'zh-TW'],
  ['zh-SG', ['zh-TW', 'zh-CN'], 'zh-CN'],
  ['sr-Latn', ['en', 'sr'], 'sr'],
  ['de', ['en', 'zh'], undefined],
  ['english', ['en', 'zh'], undefined],
  ['zh_CN!', ['en', 'zh'], undefined],
  [undefined, ['en', 'zh'], undefined],
] as const)('%s, of %s, is %s', (wanted, known, nearest) => {
  expect(nearestLocale(wanted, known)).toBe(nearest);
});
