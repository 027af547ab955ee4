import { RE2JS } from 're2js';
import type { Json, JsonObject } from '../json.ts';
import { compareValues, equalValues } from './compare-values.ts';
import { calculate } from './calculate.ts';
import type { BinaryOperator, Expression } from './expression.ts';
import { formatInstant } from './format-instant.ts';

/** What an expression may read. */
export interface ExpressionScope {
  readonly slots: JsonObject;
  readonly user: JsonObject;
  readonly context: JsonObject;
  /** The conversation's clock; epoch milliseconds. */
  readonly now: number;
  /** IANA zone that `now()` is written in; UTC when absent. */
  readonly timeZone?: string | undefined;
}

/**
 * Computes an expression's value.
 *
 * Never throws: what is missing is null, and what has no meaning (`null + 1`, `1 / 0`) is null too.
 */
export function evaluateExpression(expression: Expression, scope: ExpressionScope): Json {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'list':
      return expression.items.map((item) => evaluateExpression(item, scope));
    case 'path':
      return readPath(scope[expression.root], expression.path);
    case 'not':
      return !holds(expression.operand, scope);
    case 'negate':
      return calculate('-', 0, evaluateExpression(expression.operand, scope));
    case 'binary':
      return evaluateBinary(expression, scope);
    case 'now':
      return formatInstant(scope.now, scope.timeZone ?? 'UTC');
  }
}

/** Whether a condition holds: null, false, 0, the empty text and empty lists and objects do not. */
export function holds(expression: Expression, scope: ExpressionScope): boolean {
  return isTruthy(evaluateExpression(expression, scope));
}

function isTruthy(value: Json): boolean {
  if (value === null || typeof value !== 'object') return Boolean(value);
  return Object.keys(value).length > 0;
}

function readPath(root: JsonObject, path: readonly string[]): Json {
  let value: Json = root;
  for (const segment of path) value = readField(value, segment);
  return value;
}

function readField(value: Json, name: string): Json {
  if (value === null || typeof value !== 'object') return null;
  if (isList(value)) return name === 'length' ? value.length : (value[Number(name)] ?? null);
  return Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}

type BinaryExpression = Extract<Expression, { kind: 'binary' }>;

function evaluateBinary(expression: BinaryExpression, scope: ExpressionScope): Json {
  const { operator } = expression;
  if (operator === 'and') return holds(expression.left, scope) && holds(expression.right, scope);
  if (operator === 'or') return holds(expression.left, scope) || holds(expression.right, scope);
  const left = evaluateExpression(expression.left, scope);
  if (operator === 'matches') return matches(left, expression.right);
  return applyOperator(operator, left, evaluateExpression(expression.right, scope));
}

type PlainOperator = Exclude<BinaryOperator, 'and' | 'or' | 'matches'>;

function applyOperator(operator: PlainOperator, left: Json, right: Json): Json {
  switch (operator) {
    case 'is':
      return equalValues(left, right);
    case 'is not':
      return !equalValues(left, right);
    case '<':
      return ordered(left, right, (order) => order < 0);
    case '<=':
      return ordered(left, right, (order) => order <= 0);
    case '>':
      return ordered(left, right, (order) => order > 0);
    case '>=':
      return ordered(left, right, (order) => order >= 0);
    case 'in':
      return includes(right, left);
    case 'not in':
      return !includes(right, left);
    case 'contains':
      return includes(left, right);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(operator, left, right);
  }
}

function ordered(left: Json, right: Json, test: (order: number) => boolean): boolean {
  const order = compareValues(left, right);
  return order !== undefined && test(order);
}

function includes(container: Json, item: Json): boolean {
  if (typeof container === 'string') return typeof item === 'string' && container.includes(item);
  if (container === null || typeof container !== 'object') return false;
  if (isList(container)) return container.some((member) => equalValues(member, item));
  return typeof item === 'string' && Object.hasOwn(container, item);
}

/** Compiled once for each place in the program that uses one; gone with the program. */
const compiledPatterns = new WeakMap<Expression, RE2JS>();

function matches(value: Json, pattern: Expression): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  if (pattern.kind !== 'literal' || typeof pattern.value !== 'string') return false;
  let compiled = compiledPatterns.get(pattern);
  if (!compiled) {
    compiled = RE2JS.compile(pattern.value);
    compiledPatterns.set(pattern, compiled);
  }
  return compiled.matcher(String(value)).find();
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
