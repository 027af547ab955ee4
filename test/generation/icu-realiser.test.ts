import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRealiser } from '../../src/generation/icu-realiser.ts';
import type { MissingValue } from '../../src/generation/icu-realiser.ts';
import type {
  RealiseOptions,
  ResponseTemplate,
  ResponseTemplateVariant,
} from '../../src/generation/realiser.ts';
import type { Json, JsonObject } from '../../src/json.ts';
import type { LocalizedText } from '../../src/message.ts';

const english: RealiseOptions = { locale: 'en', timeZone: 'Europe/Paris', channel: 'web', random: () => 0 };
const chinese: RealiseOptions = { ...english, locale: 'zh' };

function variant(text: LocalizedText, more: Partial<ResponseTemplateVariant> = {}): ResponseTemplateVariant {
  return { text, buttons: [], links: [], metadata: {}, custom: {}, ...more };
}

function response(...variants: readonly ResponseTemplateVariant[]): Record<string, ResponseTemplate> {
  return { utter_it: { name: 'utter_it', variants } };
}

const it = { kind: 'response', response: 'utter_it' } as const;

function say(text: string, values: JsonObject, options: RealiseOptions = english): string {
  const realiser = createRealiser(response(variant({ '*': text })), { locales: ['en', 'zh'] });
  return realiser.realise(it, values, options).text.replaceAll(/[\u00A0\u202F\u2009]/g, ' ');
}

describe('values are shown as the locale writes them', () => {
  const cases: readonly (readonly [string, Json, string, string])[] = [
    ['{v}', 'AB123456', 'AB123456', 'AB123456'],
    ['{v}', 1234567, '1234567', '1234567'],
    ['{v, number}', 1234567.5, '1,234,567.5', '1,234,567.5'],
    ['{v, number, integer}', 3.7, '4', '4'],
    ['{v, number, percent}', 0.25, '25%', '25%'],
    ['{v, number, ::compact-short}', 12345, '12K', '1.2万'],
    ['{v}', { amount: 1299.5, currency: 'EUR' }, '€1,299.50', '€1,299.50'],
    ['{v.amount}', { amount: 12, currency: 'CNY' }, 'CN¥12.00', '¥12.00'],
    ['{v, number}', { amount: 12, currency: 'USD' }, '$12.00', 'US$12.00'],
    ['{v}', { amount: 12.5, currency: null }, '12.5', '12.5'],
    ['{v}', { amount: 12.5, currency: 'no code' }, '12.5 no code', '12.5 no code'],
    ['{v}', '2026-11-22', 'Nov 22, 2026', '2026年11月22日'],
    ['{v, date}', '2026-11-22', 'Nov 22, 2026', '2026年11月22日'],
    ['{v, date, full}', '2026-11-22', 'Sunday, November 22, 2026', '2026年11月22日星期日'],
    ['{v, date, ::MMMd}', '2026-11-22', 'Nov 22', '11月22日'],
    ['{v}', '2026-11-22T23:30+00:00', 'Nov 23, 2026, 12:30 AM', '2026年11月23日 0:30'],
    ['{v, time}', '2026-11-22T14:05', '2:05 PM', '14:05'],
    ['{v, time, short}', '09:30', '9:30 AM', '9:30'],
    ['{v, date}', Date.UTC(2026, 10, 22, 23, 30), 'Nov 23, 2026', '2026年11月23日'],
    ['{v}', { from: '2026-11-22', to: '2026-11-24' }, 'November 22 – 24, 2026', '2026/11/22 – 2026/11/24'],
    ['{v}', { seconds: 5400 }, '1 hour, 30 minutes', '1小时30分钟'],
    ['{v}', ['red', 'green', 'blue'], 'red, green, and blue', '红、绿和蓝'],
    ['{v, plural, =0 {none} one {# order} other {# orders}}', 2, '2 orders', '2 orders'],
    ['{v, plural, =0 {none} one {# order} other {# orders}}', ['a'], '1 order', '1 orders'],
    ['{v, select, true {yes} other {no}}', true, 'yes', 'yes'],
    ['{v, select, shipped {on its way} other {{v}}}', 'lost', 'lost', 'lost'],
  ];
  test.each(cases)('%s of %j', (text, value, en, zh) => {
    const translated = Array.isArray(value) && value.length === 3 ? ['红', '绿', '蓝'] : value;
    expect(say(text, { v: value })).toBe(en);
    expect(say(text, { v: translated }, chinese)).toBe(zh);
  });

  test('a choice is shown by its label', () => {
    const realiser = createRealiser(response(variant({ '*': '{reason}' })), {
      locales: ['en'],
      labels: { reason: { changed_mind: { en: 'changed my mind', zh: '不想要了' } } },
    });
    const said = (options: RealiseOptions) => realiser.realise(it, { reason: 'changed_mind' }, options).text;
    expect([said(english), said(chinese)]).toEqual(['changed my mind', '不想要了']);
  });
});

test('paths reach into the user, the context and lists, and nothing that is inherited', () => {
  const values = {
    user: { name: 'Ana' },
    context: { cart: { size: 3 } },
    orders: [{ id: 'A1' }],
    order_id: 'X',
  };
  expect(say('{user.name} {context.cart.size} {orders.0.id} {slots.order_id}', values)).toBe('Ana 3 A1 X');
  expect(say('[{constructor}{user.__proto__}{orders.map}]', values)).toBe('[]');
});

test('the keys of an object are a list, and a select on nothing takes its null case', () => {
  const values = { context: { corrected: { size: 'M', colour: 'red' } } };
  expect(say('{context.corrected.keys}; {gone, select, null {none} other {some}}', values)).toBe(
    'size and colour; none',
  );
});

test('values are data: braces and tags in them are shown, never read', () => {
  expect(say('Hi {name}', { name: '{user.email} <b>{x, plural, other {}}</b>' })).toBe(
    'Hi {user.email} <b>{x, plural, other {}}</b>',
  );
});

test('a missing value shows as nothing and is reported, but only in the branch that is taken', () => {
  const missing: MissingValue[] = [];
  const text = 'Hi {name}! {state, select, shipped {By {carrier}} other {Not yet}} {n, plural, other {#}}';
  const realiser = createRealiser(response(variant({ en: text })), {
    locales: ['en'],
    onMissing: (found) => missing.push(found),
  });
  expect(realiser.realise(it, { state: 'open', name: null }, english).text).toBe('Hi ! Not yet 0');
  expect(missing.map(({ argument }) => argument)).toEqual(['name', 'n']);
  expect(missing[0]).toEqual({ source: 'utter_it', locale: 'en', argument: 'name' });
});

describe('the text is in the locale of the person', () => {
  test.each([
    ['zh', { en: 'e', zh: 'z' }, 'z', 'zh'],
    ['zh-TW', { en: 'e', zh: 'z' }, 'z', 'zh'],
    ['zh', { en: 'e', 'zh-CN': 'z' }, 'z', 'zh-CN'],
    ['fr', { '*': 'all', en: 'e' }, 'all', 'fr'],
    ['fr', { zh: 'z', en: 'e' }, 'e', 'en'],
    ['fr', { de: 'd' }, 'd', 'de'],
  ])('%s of %j', (locale, text, said, saidIn) => {
    const realiser = createRealiser(response(variant(text)), { locales: ['en', 'zh'] });
    expect(realiser.realise(it, {}, { ...english, locale })).toMatchObject({ text: said, locale: saidIn });
  });
});

describe('variants', () => {
  const realiser = createRealiser(
    response(
      variant({ en: 'one' }),
      variant({ en: 'two', zh: '二' }),
      variant({ en: 'by text message' }, { channel: 'sms' }),
    ),
    { locales: ['en', 'zh'] },
  );
  const said = (options: Partial<RealiseOptions>, variants?: readonly number[]) =>
    realiser.realise({ ...it, variants }, {}, { ...english, ...options }).text;

  test('are chosen at random', () => {
    expect([said({ random: () => 0.4 }), said({ random: () => 0.99 })]).toEqual(['one', 'two']);
  });
  test('of the channel come before those for all', () => {
    expect(said({ channel: 'sms' })).toBe('by text message');
  });
  test('in the language of the person come before others', () => {
    expect(said({ locale: 'zh' })).toBe('二');
  });
  test('that are not eligible are not said', () => {
    expect(said({ random: () => 0 }, [1])).toBe('two');
  });
  test('when none is eligible there is nothing to say', () => {
    expect(said({}, [])).toBe('');
  });
});

describe('buttons and links', () => {
  const orders = [
    { id: 'A1', placed: '2026-11-02', total: { amount: 5, currency: 'EUR' } },
    { id: 'B2', placed: '2026-11-09', total: { amount: 9, currency: 'EUR' } },
  ];
  test('a list slot gives a button an item', () => {
    const buttons = {
      from: 'slots.orders',
      title: { en: '{id}, {placed, date}, {total}' },
      set: { order_id: 'id' },
    };
    const realiser = createRealiser(response(variant({ en: 'Which?' }, { buttons })), { locales: ['en'] });
    expect(realiser.realise(it, { orders }, english).buttons).toEqual([
      { title: 'A1, Nov 2, 2026, €5.00', payload: { kind: 'set_slots', slots: { order_id: 'A1' } } },
      { title: 'B2, Nov 9, 2026, €9.00', payload: { kind: 'set_slots', slots: { order_id: 'B2' } } },
    ]);
  });
  test('an item that is plain text is its own value', () => {
    const buttons = { from: 'sizes', title: { '*': 'Size {value}' }, set: { size: 'value' } };
    const realiser = createRealiser(response(variant({ en: 'Which?' }, { buttons })), { locales: ['en'] });
    expect(realiser.realise(it, { sizes: ['M', 'L'] }, english).buttons?.map(({ title }) => title)).toEqual([
      'Size M',
      'Size L',
    ]);
  });
  test('buttons given with a response follow its own, their titles as they stand', () => {
    const own = [{ title: { en: 'For {name}' }, payload: { kind: 'command', command: 'affirm' } as const }];
    const given = [{ title: { en: '{name}' }, payload: { kind: 'text', text: 'x' } as const }];
    const realiser = createRealiser(response(variant({ en: 'Sure?' }, { buttons: own })), {
      locales: ['en'],
    });
    const { buttons } = realiser.realise({ ...it, buttons: given }, { name: 'Ana' }, english);
    expect(buttons?.map(({ title }) => title)).toEqual(['For Ana', '{name}']);
  });
  test.each([
    [
      'https://post.example/t/{code}?l=en',
      { code: 'a/b?c=ü&d' },
      'https://post.example/t/a%2Fb%3Fc%3D%C3%BC%26d?l=en',
    ],
    ['{code}', { code: 'https://post.example/1' }, 'https://post.example/1'],
    ['{code}', { code: 'javascript:alert(1)' }, undefined],
    ['https://post.example/{code}', {}, undefined],
  ])('the address %s over %j', (url, values, expected) => {
    const links = [{ title: { en: 'Track it' }, url }];
    const realiser = createRealiser(response(variant({ en: 'Here' }, { links })), { locales: ['en'] });
    expect(realiser.realise(it, values as JsonObject, english).links?.[0]?.url).toBe(expected);
  });
});

test('a text in place is a template, and a literal one is not', () => {
  const realiser = createRealiser({}, { locales: ['en'] });
  const text = { '*': 'Hi {name}' };
  expect(realiser.realise({ kind: 'text', text }, { name: 'Ana' }, english).text).toBe('Hi Ana');
  expect(realiser.realise({ kind: 'text', text, literal: true }, { name: 'Ana' }, english).text).toBe(
    'Hi {name}',
  );
});

test('a response that is no template is an error at once, which names it and the place', () => {
  const broken = response(variant({ en: 'fine', zh: '订单 {order_id' }));
  expect(() => createRealiser(broken, { locales: ['en'] })).toThrow(
    expect.objectContaining({
      code: 'FLOW_INVALID',
      message: expect.stringContaining("'utter_it' (zh), 1:4") as string,
    }) as Error,
  );
});

test('an unknown response is an error that names it', () => {
  const realiser = createRealiser({}, { locales: ['en'] });
  expect(() => realiser.realise(it, {}, english)).toThrow(/'utter_it'/);
});

test('whatever the values are, a message is said', () => {
  const text =
    '{v} {v, number} {v, number, ::currency/EUR} {v, date} {v, time, full} {v, plural, one {#} other {#}} {v, select, a {x} other {y}} {v.amount} {v.0}';
  const realiser = createRealiser(response(variant({ en: text })), { locales: ['en'] });
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('en', 'zh', 'ar', 'not a locale'), (v, locale) => {
      expect(typeof realiser.realise(it, { v: v as Json }, { ...english, locale }).text).toBe('string');
    }),
    { seed: 7, numRuns: 500 },
  );
});
