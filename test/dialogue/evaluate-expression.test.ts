import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateExpression, holds, type ExpressionScope } from '../../src/dialogue/evaluate-expression.ts';
import { parseExpression } from '../../src/dialogue/parse-expression.ts';
import type { Json } from '../../src/json.ts';

const scope: ExpressionScope = {
  slots: {
    five: 5,
    numeral: '10',
    word: 'damaged',
    empty: '',
    yes: true,
    no: false,
    nothing: null,
    list: ['a', 'b', 3],
    none: [],
    orders: [{ id: 'A1', total: 12 }],
    amount: { amount: 30, currency: 'EUR' },
    dollars: { amount: 30, currency: 'USD' },
    unsaid: { amount: 30, currency: null },
    pause: { seconds: 90 },
    day: '2026-11-22',
    moment: '2026-11-22T09:30+01:00',
  },
  user: { signed_in: true, name: 'Ann' },
  context: { names: ['refund', 'return'], corrected_slots: { city: 'Rome' } },
  now: Date.UTC(2026, 10, 22, 8, 30),
  timeZone: 'Europe/Paris',
};

function evaluate(source: string): Json {
  const result = parseExpression(source);
  if (result.kind === 'failed') throw new Error(`${source}: ${result.message}`);
  return evaluateExpression(result.expression, scope);
}

describe('values', () => {
  test.each<[string, Json]>([
    ['slots.five + 2 * 3', 11],
    ['slots.five % 2', 1],
    ['slots.five / 0', null],
    ['slots.nothing + 1', null],
    ['-slots.five', -5],
    ['slots.amount * 2', { amount: 60, currency: 'EUR' }],
    ['slots.amount + slots.dollars', null],
    ['slots.amount / slots.amount', 1],
    ['slots.pause + slots.pause', { seconds: 180 }],
    ['slots.word + "!"', 'damaged!'],
    ['slots.orders.0.id', 'A1'],
    ['slots.orders.length', 1],
    ['slots.amount.currency', 'EUR'],
    ['[slots.five, 1]', [5, 1]],
    ['now()', '2026-11-22T09:30+01:00'],
  ])('%s', (source, value) => {
    expect(evaluate(source)).toEqual(value);
  });
});

describe('conditions', () => {
  test.each<[string, boolean]>([
    ['slots.five is 5', true],
    ['slots.five is "5"', true],
    ['slots.numeral is 10', true],
    ['slots.numeral > 9', true],
    ['slots.word is "Damaged"', false],
    ['slots.nothing is null', true],
    ['slots.missing is null', true],
    ['slots.empty is null', false],
    ['slots.five is not null', true],
    ['slots.nothing < 1', false],
    ['slots.nothing >= 0', false],
    ['slots.list contains "a"', true],
    ['slots.list contains "3"', true],
    ['slots.word contains "dam"', true],
    ['"c" in slots.list', false],
    ['"c" not in slots.list', true],
    ['slots.word in ["damaged", "late"]', true],
    ['context.corrected_slots contains "city"', true],
    ['slots.word matches "^d.*d$"', true],
    ['slots.five matches "^\\d$"', true],
    ['slots.nothing matches "."', false],
    ['slots.amount > 29.5', true],
    ['slots.amount is 30', true],
    ['slots.amount is slots.dollars', false],
    ['slots.amount is slots.unsaid', true],
    ['slots.pause >= 60', true],
    ['slots.day < "2026-12-01"', true],
    ['slots.day is now()', true],
    ['slots.moment is now()', true],
    ['slots.moment <= "2026-11-22T08:29Z"', false],
    ['slots.yes and not slots.no', true],
    ['slots.no or slots.nothing', false],
    ['slots.word', true],
    ['slots.empty', false],
    ['slots.none', false],
    ['slots.list', true],
    ['user.signed_in and user.name is "Ann"', true],
    ['user.constructor is null', true],
    ['slots.word.length is null', true],
    ['slots.list.constructor is null', true],
    ['slots.orders.__proto__ is null', true],
    ['slots.toString is null', true],
  ])('%s is %s', (source, value) => {
    const result = parseExpression(source);
    expect(result.kind === 'parsed' && holds(result.expression, scope)).toBe(value);
  });
});

test('a pattern that takes a backtracking engine for ever is harmless', () => {
  const result = parseExpression('slots.long matches "^(a+)+$"');
  if (result.kind === 'failed') throw new Error(result.message);
  const slots = { long: `${'a'.repeat(50_000)}b` };
  expect(holds(result.expression, { ...scope, slots })).toBe(false);
});

test('no value of any slot makes evaluation throw', () => {
  const operators = ['is', 'is not', '<', '>=', 'in', 'contains', '+', '/', 'and'];
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.constantFrom(...operators), (a, b, operator) => {
      const result = parseExpression(`slots.a ${operator} slots.b.c.0`);
      if (result.kind === 'failed') throw new Error(result.message);
      const value = evaluateExpression(result.expression, {
        ...scope,
        slots: { a: a as Json, b: { c: [b as Json] } },
      });
      expect(value).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
