import type { Diagnostic, Position } from '../errors.ts';
import type { Json } from '../json.ts';
import { nearestName } from '../nearest-name.ts';
import type { Expression } from './expression.ts';
import type { SlotType } from './program.ts';
import { fault, warning } from './rules.ts';
import { checkComparison, isOpen, placeOf, type TypeScope, type ValueType } from './type-comparison.ts';

/** Finds the type of an expression, and reports what in it can never mean anything. */
export function typeExpression(expression: Expression, scope: TypeScope): ValueType {
  switch (expression.kind) {
    case 'literal':
      return typeOfValue(expression.value);
    case 'list':
      for (const item of expression.items) typeExpression(item, scope);
      return 'list';
    case 'path':
      return typePath(expression, scope);
    case 'not':
      typeCondition(expression.operand, scope);
      return 'boolean';
    case 'negate':
      return typeArithmetic('-', expression, 'number', typeExpression(expression.operand, scope), scope);
    case 'binary':
      return typeBinary(expression, scope);
    case 'now':
      return 'datetime';
  }
}

/** Types a condition: anything counts as yes or no, but a number hardly ever means to. */
export function typeCondition(expression: Expression, scope: TypeScope): void {
  if (typeExpression(expression, scope) !== 'number') return;
  scope.report(
    warning(
      'loose-comparison',
      placeOf(expression, scope),
      'A number stands where yes or no is expected: only 0 counts as no.',
      'Compare it, such as `> 0`.',
    ),
  );
}

type PathExpression = Extract<Expression, { kind: 'path' }>;

function typePath(expression: PathExpression, scope: TypeScope): ValueType {
  const [name, ...fields] = expression.path;
  if (expression.root !== 'slots' || name === undefined) return 'any';
  const slot = scope.slots.get(name);
  if (slot) return typeFields(slot.type, fields, expression, scope);
  scope.report(unknownSlot(name, scope.slots.keys(), placeOf(expression, scope)));
  return 'any';
}

export function unknownSlot(name: string, known: Iterable<string>, position: Position): Diagnostic {
  const near = nearestName(name, known);
  const fix = near ? `Write "${near}".` : `Define "${name}" under \`slots\`.`;
  return fault('unknown-slot', position, `There is no slot "${name}".`, fix);
}

const FIELDS: Partial<Readonly<Record<SlotType, Readonly<Record<string, ValueType>>>>> = {
  money: { amount: 'number', currency: 'text' },
  duration: { seconds: 'number' },
};
const OPEN_TYPES: ReadonlySet<ValueType> = new Set(['object', 'any', 'list']);

function typeFields(
  type: SlotType,
  fields: readonly string[],
  expression: PathExpression,
  scope: TypeScope,
): ValueType {
  const [field] = fields;
  if (field === undefined) return type;
  if (type === 'list' && field === 'length') return 'number';
  if (OPEN_TYPES.has(type)) return 'any';
  const known = FIELDS[type] ?? {};
  const fieldType = Object.hasOwn(known, field) ? known[field] : undefined;
  if (fieldType) return fieldType;
  const has = Object.keys(known);
  const fix = has.length > 0 ? `Use one of: ${has.join(', ')}.` : `Leave ".${field}" out.`;
  scope.report(fault('type-mismatch', placeOf(expression, scope), `A ${type} has no field "${field}".`, fix));
  return 'any';
}

type BinaryExpression = Extract<Expression, { kind: 'binary' }>;

function typeBinary(expression: BinaryExpression, scope: TypeScope): ValueType {
  const { operator, left, right } = expression;
  switch (operator) {
    case 'and':
    case 'or':
      typeCondition(left, scope);
      typeCondition(right, scope);
      return 'boolean';
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return typeArithmetic(
        operator,
        expression,
        typeExpression(left, scope),
        typeExpression(right, scope),
        scope,
      );
    default:
      checkComparison(
        { ...expression, operator },
        typeExpression(left, scope),
        typeExpression(right, scope),
        scope,
      );
      return 'boolean';
  }
}

const QUANTITIES: ReadonlySet<ValueType> = new Set(['number', 'money', 'duration']);

function typeArithmetic(
  operator: string,
  expression: Expression,
  left: ValueType,
  right: ValueType,
  scope: TypeScope,
): ValueType {
  if (operator === '+' && left === 'text' && right === 'text') return 'text';
  for (const type of [left, right]) {
    if (isOpen(type) || QUANTITIES.has(type)) continue;
    const message = `"${operator}" cannot calculate with a ${type}.`;
    scope.report(fault('type-mismatch', placeOf(expression, scope), message, 'Calculate with numbers.'));
    return 'any';
  }
  if (isOpen(left) || isOpen(right)) return 'any';
  return left === 'number' ? right : left;
}

export function typeOfValue(value: Json): ValueType {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return Array.isArray(value) ? 'list' : 'object';
  }
}

const TEXT_TYPES: ReadonlySet<ValueType> = new Set([
  'text',
  'choice',
  'email',
  'phone',
  'date',
  'time',
  'datetime',
]);

/** Whether a value of one type may be put where another is expected. */
export function isAssignable(from: ValueType, to: SlotType): boolean {
  if (isOpen(from) || to === 'any' || from === to) return true;
  if (TEXT_TYPES.has(from) && (to === 'text' || from === 'text')) return TEXT_TYPES.has(to);
  if (from === 'object') return to === 'money' || to === 'duration';
  return from === 'datetime' && to === 'date';
}
