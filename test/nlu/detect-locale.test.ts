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
  expect(detectLocale(text, both, current)).toMatchObject({ locale, reliable });
});

test('a conversation in a language that the bot lost falls back on its default', () => {
  expect(detectLocale('12', ['zh', 'en'], 'fr')).toMatchObject({ locale: 'zh', reliable: false });
});

const latin = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt', 'pl', 'tr'];

test.each([
  ['where is my order', 'en'],
  ['wo ist meine Bestellung', 'de'],
  ['ich möchte das zurückgeben', 'de'],
  ['où est ma commande', 'fr'],
  ["je voudrais annuler s'il vous plaît", 'fr'],
  ['dónde está mi pedido', 'es'],
  ['quiero devolver esto', 'es'],
  ['dove si trova il mio ordine', 'it'],
  ['vorrei un rimborso', 'it'],
  ['waar is mijn bestelling', 'nl'],
  ['ik wil mijn geld terug', 'nl'],
  ['onde está a minha encomenda', 'pt'],
  ['quero devolver o meu pedido', 'pt'],
  ['gdzie jest moje zamówienie', 'pl'],
  ['chcę zwrócić paczkę', 'pl'],
  ['siparişim nerede kaldı', 'tr'],
  ['bunu iade etmek istiyorum', 'tr'],
])('among languages of one script, "%s" is %s', (text, locale) => {
  expect(detectLocale(text, latin, undefined)).toEqual({ locale, reliable: true, language: locale });
});

test("what several languages might have said stays in the conversation's", () => {
  expect(detectLocale('Mia Braun', latin, 'de')).toMatchObject({ locale: 'de', reliable: false });
  expect(detectLocale('no', latin, 'es')).toMatchObject({ locale: 'es', reliable: false });
  expect(detectLocale('in Hamburg', latin, 'de')).toMatchObject({ locale: 'de' });
});

test('a language that the bot does not speak is told all the same', () => {
  expect(detectLocale('wo ist meine Bestellung', both, 'en')).toMatchObject({ locale: 'en', language: 'de' });
  expect(detectLocale('где мой заказ', both, 'en')).toMatchObject({ locale: 'en', language: 'ru' });
  expect(detectLocale('ok', both, 'zh')).toMatchObject({ locale: 'zh', language: 'zh' });
});
