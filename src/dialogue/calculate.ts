import type { Json } from '../json.ts';
import { magnitudeOf, currencyOf } from './compare-values.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

/**
 * Does arithmetic on numbers, and on amounts of money and durations, which stay what they are; `+` also joins texts.
 *
 * @returns Null for what has no result: a missing operand, two currencies, a division by zero.
 */
export function calculate(operator: ArithmeticOperator, left: Json, right: Json): Json {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  const first = typeof left === 'string' ? undefined : magnitudeOf(left);
  const second = typeof right === 'string' ? undefined : magnitudeOf(right);
  if (first === undefined || second === undefined || haveTwoCurrencies(left, right)) return null;
  // Adding 0 turns -0, which JSON does not have, into 0.
  const result = compute(operator, first, second) + 0;
  if (!Number.isFinite(result)) return null;
  if (operator === '/' && isQuantity(left) && isQuantity(right)) return result;
  const quantity = isQuantity(left) ? left : right;
  if (!isQuantity(quantity)) return result;
  return 'amount' in quantity ? { ...quantity, amount: result } : { ...quantity, seconds: result };
}

function compute(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}

function haveTwoCurrencies(left: Json, right: Json): boolean {
  const currencies = [currencyOf(left), currencyOf(right)];
  return currencies[0] !== undefined && currencies[1] !== undefined && currencies[0] !== currencies[1];
}

function isQuantity(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null;
}
