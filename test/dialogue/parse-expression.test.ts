import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Expression } from '../../src/dialogue/expression.ts';
import { parseExpression } from '../../src/dialogue/parse-expression.ts';

/** Writes a tree with all its brackets, so that a test shows what binds to what. */
function print(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'list':
      return `[${expression.items.map(print).join(', ')}]`;
    case 'path':
      return [expression.root, ...expression.path].join('.');
    case 'not':
    case 'negate':
      return `(${expression.kind} ${print(expression.operand)})`;
    case 'binary':
      return `(${print(expression.left)} ${expression.operator} ${print(expression.right)})`;
    case 'now':
      return 'now()';
  }
}

function parsed(source: string): string {
  const result = parseExpression(source);
  return result.kind === 'parsed' ? print(result.expression) : `${result.offset}: ${result.message}`;
}

describe('what binds to what', () => {
  test.each([
    ['slots.a and slots.b or slots.c', '((slots.a and slots.b) or slots.c)'],
    ['not slots.a is 3', '(not (slots.a is 3))'],
    ['not slots.a and slots.b', '((not slots.a) and slots.b)'],
    ['not (slots.a or slots.b)', '(not (slots.a or slots.b))'],
    ['slots.a + 2 * 3 > 7', '((slots.a + (2 * 3)) > 7)'],
    ['slots.a - 1 - 2 is 0', '(((slots.a - 1) - 2) is 0)'],
    ['-slots.a * 2', '((negate slots.a) * 2)'],
    ['slots.a.b.c is null', '(slots.a.b.c is null)'],
    ['slots.orders.0.id', 'slots.orders.0.id'],
    ['slots.day >= now()', '(slots.day >= now())'],
    ['slots.a in ["x", "y"] and true', '((slots.a in ["x", "y"]) and true)'],
    ['slots.a not in []', '(slots.a not in [])'],
    ['user.signed_in', 'user.signed_in'],
  ])('%s', (source, tree) => {
    expect(parsed(source)).toBe(tree);
  });
});

describe('spellings that Rasa has', () => {
  test.each([
    ['slots.a = 1', '(slots.a is 1)'],
    ['slots.a == 1', '(slots.a is 1)'],
    ['slots.a is 1', '(slots.a is 1)'],
    ['slots.a != 1', '(slots.a is not 1)'],
    ['slots.a is not 1', '(slots.a is not 1)'],
    ['slots.a IS NOT None', '(slots.a is not null)'],
    ['slots.a is True', '(slots.a is true)'],
    ['context.names contains "a contact"', '(context.names contains "a contact")'],
    ["slots.a is 'x'", '(slots.a is "x")'],
    ["slots.a = 'it\\'s'", '(slots.a is "it\'s")'],
    ['not( slots.a matches "^\\d+$")', '(not (slots.a matches "^\\\\d+$"))'],
  ])('%s', (source, tree) => {
    expect(parsed(source)).toBe(tree);
  });
});

describe('what is wrong, and where', () => {
  test.each([
    ['', '0: The expression is empty.'],
    ['slots.a and', '11: The expression stops too early.'],
    ['slots.a slots.b', '8: "slots" cannot follow here.'],
    ['slots.a is damaged', '11: "damaged" is not known here.'],
    ['slots', '0: "slots" alone has no value.'],
    ['slots. is 1', '10: "1" cannot follow here.'],
    ['slots.a is "x', '11: A quoted text has no end.'],
    ['slots.a && slots.b', '8: The character "&" has no meaning in an expression.'],
    ['(slots.a', '8: A ")" is missing here.'],
    ['1 < slots.a < 3', '12: Comparisons cannot be chained.'],
    ['slots.a matches slots.b', '16: `matches` needs a regular expression in quotes.'],
    ['* 2', '0: "*" needs a value before it.'],
  ])('%s', (source, problem) => {
    expect(parsed(source)).toBe(problem);
  });

  test('a regular expression that RE2 does not know is refused', () => {
    expect(parsed('slots.a matches "(?=x)"')).toMatch(/^16: The regular expression is not valid: /u);
  });

  test('ten thousand brackets are refused, not recursed into', () => {
    expect(parsed('('.repeat(10_000))).toBe('64: The expression is nested too deeply.');
  });
});

test('no text makes the parser throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (source) => {
      expect(parseExpression(source).kind).toMatch(/parsed|failed/u);
    }),
  );
});

test('every node knows its place in the source', () => {
  const result = parseExpression('slots.a is 1 and user.b');
  if (result.kind === 'failed' || result.expression.kind !== 'binary') throw new Error('not parsed');
  const { left, right } = result.expression;
  expect([left.start, left.end, right.start, right.end]).toEqual([0, 12, 17, 23]);
});

test('what Rasa quotes in braces is read; any other Jinja is refused', () => {
  expect(parseExpression("'{{context.reason}}' = 'x'")).toMatchObject({
    expression: { left: { kind: 'path', root: 'context', path: ['reason'] } },
  });
  expect(parseExpression("'{{ context.a | upper }}' = 'x'")).toMatchObject({ kind: 'failed', offset: 0 });
});
