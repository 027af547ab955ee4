import { describe, expect, test } from 'vitest';
import { templateArguments, validateTemplate } from '../../src/generation/icu-template.ts';

describe('what is wrong with a template is said with its place', () => {
  test.each([
    ['a brace that is not closed', 'Order {order_id', 1, 7, 'not closed'],
    ['nothing in the braces', 'Hi {}', 1, 4, 'names nothing'],
    ['JSON', 'Send {"a": 1}', 1, 6, 'not the name'],
    ['two words', 'Hi {first name}', 1, 4, 'not the name'],
    ['an unknown format', '{a, money}', 1, 5, 'unknown'],
    [
      'an unknown style, on its line',
      'Hello\n  {placed, date, pretty}',
      2,
      3,
      "'pretty' is not a date style",
    ],
    ['no other case', '{n, plural, one {x}}', 1, 20, "lack 'other'"],
    ['a dotted name that is not closed', 'Hi {user.name', 1, 4, 'not closed'],
  ])('%s', (_, text, line, column, message) => {
    const problem = validateTemplate(text);
    expect(problem).toMatchObject({ line, column });
    expect(problem?.message).toContain(message);
    expect(problem?.fix).not.toBe('');
  });
});

test.each([
  'plain text',
  'a } that closes nothing',
  "it's fine, {name}",
  "quoted '{braces}'",
  'a < b and <b>bold</b>',
  '{user.name} {context.cart.total, number} {items.0.title}',
  '{placed, date, ::yyyyMMMd} {n, number, ::currency/EUR}',
])('%j is a template', (text) => {
  expect(validateTemplate(text)).toBeUndefined();
});

test('placeholders are listed with their paths and places, nested ones included', () => {
  const text = '{slots.count, plural, one {{user.name} has one} other {{placed, date, short}}} {id}';
  expect(templateArguments(text)).toMatchObject([
    { path: 'count', kind: 'plural', offset: 0 },
    { path: 'user.name', kind: 'value', offset: 27 },
    { path: 'placed', kind: 'date', offset: 55 },
    { path: 'id', kind: 'value', offset: 79 },
  ]);
});

test('a quoted placeholder is no placeholder', () => {
  expect(templateArguments("'{user.name}'")).toEqual([]);
});
