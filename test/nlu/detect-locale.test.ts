import { expect, test } from 'vitest';
import { detectLocale } from '../../src/nlu/detect-locale.ts';

const both = ['en', 'zh'];

test.each([
  ['where is my order', undefined, 'en', true],
  ['我的订单到哪了', undefined, 'zh', true],
  ['where is my order', 'zh', 'en', true],
  ['我的订单到哪了', 'en', 'zh', true],
  ['我的 order number 是 AB123456', 'zh', 'zh', true],
  ['my name is 王伟', 'en', 'en', true],
  ['ok', 'zh', 'zh', false],
  ['取消订单ZH880123，邮箱li.na@example.com', 'en', 'zh', true],
  ['查https://shop.example.com/my/orders/list/of/things', 'en', 'zh', true],
  ['要Aurora Trail Sleeping Bag', 'en', 'zh', true],
  ['退 KD204518 LARK-7K2P9 T-10482', 'en', 'zh', true],
  ['KD204518 mia@example.com www.example.com/my-orders', 'zh', 'zh', false],
  ['AB123456', 'zh', 'zh', false],
  ['li.na@example.com', 'zh', 'zh', false],
  ['😀', 'zh', 'zh', false],
  ['', undefined, 'en', false],
  ['退款', 'en', 'zh', true],
  ['где мой заказ', 'en', 'en', false],
])('"%s" in a conversation in %s is %s', (text, current, locale, reliable) => {
  expect(detectLocale(text, both, current)).toEqual({ locale, reliable });
});

test('a conversation in a language that the bot lost falls back on its default', () => {
  expect(detectLocale('12', ['zh', 'en'], 'fr')).toEqual({ locale: 'zh', reliable: false });
});
