import type { Diagnostic, Position } from '../errors.ts';
import { nearestName } from '../nearest-name.ts';
import { isIsoDate } from './compare-values.ts';
import type { BinaryOperator, Expression } from './expression.ts';
import type { SlotDefinition, SlotType } from './program.ts';
import { fault, warning } from './rules.ts';
import { recall } from './source-place.ts';

/** The type of an expression's value; `any` is not known before it runs. */
export type ValueType = SlotType | 'null';

export interface TypeScope {
  readonly slots: ReadonlyMap<string, SlotDefinition>;
  /** Where to point when an expression's own place is not known. */
  readonly position: Position;
  report(diagnostic: Diagnostic): void;
}

type BinaryExpression = Extract<Expression, { kind: 'binary' }>;
export type Comparison = Exclude<BinaryOperator, 'and' | 'or' | '+' | '-' | '*' | '/' | '%'>;

/** Reports a comparison that can never hold, or that works but not by type. */
export function checkComparison(
  expression: BinaryExpression & { readonly operator: Comparison },
  left: ValueType,
  right: ValueType,
  scope: TypeScope,
): void {
  const { operator } = expression;
  switch (operator) {
    case 'matches':
      checkTextual(left, expression, scope);
      break;
    case 'contains':
      checkMembership(left, right, expression.left, expression.right, scope);
      break;
    case 'in':
    case 'not in':
      checkMembership(right, left, expression.right, expression.left, scope);
      break;
    case 'is':
    case 'is not':
      checkEquality(left, right, expression, scope);
      break;
    default:
      checkOrder(left, right, expression, scope);
  }
}

function checkOrder(left: ValueType, right: ValueType, expression: BinaryExpression, scope: TypeScope): void {
  if (checkOrdered(left, expression.left, scope) || checkOrdered(right, expression.right, scope)) return;
  warnOfTextOrder(left, right, expression, scope);
  checkEquality(left, right, expression, scope);
}

function checkEquality(
  left: ValueType,
  right: ValueType,
  expression: BinaryExpression,
  scope: TypeScope,
): void {
  const pairs = [
    [expression.left, left, expression.right, right],
    [expression.right, right, expression.left, left],
  ] as const;
  for (const [operand, type, other, otherType] of pairs) {
    if (checkChoice(operand, other, scope) || checkDateText(type, other, otherType, scope)) return;
  }
  checkComparable(left, right, expression, scope);
}

/** Types whose values can be equal, or in order, to one another. */
const FAMILIES: readonly ReadonlySet<ValueType>[] = [
  new Set<ValueType>(['text', 'choice', 'email', 'phone', 'date', 'time', 'datetime']),
  new Set<ValueType>(['number', 'money']),
  new Set<ValueType>(['number', 'duration']),
  new Set<ValueType>(['boolean']),
  new Set<ValueType>(['list']),
  new Set<ValueType>(['object']),
];

function checkComparable(
  left: ValueType,
  right: ValueType,
  expression: BinaryExpression,
  scope: TypeScope,
): void {
  if (isOpen(left) || isOpen(right) || FAMILIES.some((family) => family.has(left) && family.has(right)))
    return;
  const position = placeOf(expression, scope);
  if (isNumeral(expression.left, left, right) || isNumeral(expression.right, right, left)) {
    const message = `A ${left} is compared with a ${right}.`;
    scope.report(warning('loose-comparison', position, message, 'Write the number without quotes.'));
    return;
  }
  scope.report(
    fault('type-mismatch', position, `A ${left} can never equal a ${right}.`, 'Compare values of one type.'),
  );
}

/** A number on one side, and on the other a text or choice that may hold a numeral. */
function isNumeral(expression: Expression, type: ValueType, other: ValueType): boolean {
  if (type !== 'number' && other !== 'number') return false;
  if (type === 'choice') return true;
  if (type !== 'text') return false;
  return (
    expression.kind !== 'literal' ||
    /^-?\d+(?:\.\d+)?$/u.test(JSON.stringify(expression.value).slice(1, -1).trim())
  );
}

/** Whether nothing is known of a value of this type. */
export function isOpen(type: ValueType): boolean {
  return type === 'any' || type === 'null';
}

const UNORDERED: ReadonlySet<ValueType> = new Set(['boolean', 'choice', 'list', 'object', 'email', 'phone']);

function checkOrdered(type: ValueType, operand: Expression, scope: TypeScope): boolean {
  if (!UNORDERED.has(type)) return false;
  const message = `A ${type} has no order.`;
  scope.report(fault('type-mismatch', placeOf(operand, scope), message, 'Compare it with `is` or `in`.'));
  return true;
}

function warnOfTextOrder(
  left: ValueType,
  right: ValueType,
  expression: BinaryExpression,
  scope: TypeScope,
): void {
  if (left !== 'text' || right !== 'text') return;
  const message = 'Two texts are put in order letter by letter; this is right for ISO dates only.';
  scope.report(
    warning(
      'loose-comparison',
      placeOf(expression, scope),
      message,
      'Give the slot the type `date` or `number`.',
    ),
  );
}

/** Reports a choice compared with what is none of its values. */
function checkChoice(operand: Expression, other: Expression, scope: TypeScope): boolean {
  const slot = slotOf(operand, scope);
  if (slot?.type !== 'choice' || slot.choices.length === 0) return false;
  if (other.kind !== 'literal' || typeof other.value !== 'string') return false;
  return checkChoiceValue(slot, other.value, placeOf(other, scope), scope);
}

/** @returns Whether there was something to report. */
export function checkChoiceValue(
  slot: SlotDefinition,
  value: string,
  position: Position,
  scope: Pick<TypeScope, 'report'>,
): boolean {
  const known = slot.choices.map((choice) => choice.value);
  if (known.includes(value)) return false;
  const near = nearestName(value, known);
  const fix = near ? `Write "${near}".` : `Use one of: ${known.join(', ')}.`;
  scope.report(fault('unknown-choice', position, `"${value}" is not a choice of "${slot.name}".`, fix));
  return true;
}

function checkDateText(type: ValueType, other: Expression, otherType: ValueType, scope: TypeScope): boolean {
  if ((type !== 'date' && type !== 'datetime') || otherType !== 'text') return false;
  if (other.kind !== 'literal' || typeof other.value !== 'string' || isIsoDate(other.value)) return false;
  const message = `"${other.value}" is not a date.`;
  scope.report(fault('type-mismatch', placeOf(other, scope), message, 'Write it as "2026-12-31".'));
  return true;
}

const TEXTUAL: ReadonlySet<ValueType> = new Set([
  'text',
  'choice',
  'email',
  'phone',
  'date',
  'time',
  'datetime',
  'number',
]);

function checkTextual(type: ValueType, expression: BinaryExpression, scope: TypeScope): void {
  if (isOpen(type) || TEXTUAL.has(type)) return;
  const message = `\`matches\` needs a text, not a ${type}.`;
  scope.report(fault('type-mismatch', placeOf(expression.left, scope), message, 'Match a text.'));
}

function checkMembership(
  container: ValueType,
  item: ValueType,
  containerExpression: Expression,
  itemExpression: Expression,
  scope: TypeScope,
): void {
  if (containerExpression.kind === 'list') {
    for (const member of containerExpression.items) checkChoice(itemExpression, member, scope);
  }
  if (isOpen(container) || container === 'list' || container === 'object') return;
  if (container === 'text' && (item === 'text' || item === 'choice' || isOpen(item))) return;
  const message = `A ${container} contains nothing.`;
  scope.report(
    fault('type-mismatch', placeOf(containerExpression, scope), message, 'Look in a list or in a text.'),
  );
}

function slotOf(expression: Expression, scope: TypeScope): SlotDefinition | undefined {
  if (expression.kind !== 'path' || expression.root !== 'slots' || expression.path.length !== 1)
    return undefined;
  return scope.slots.get(expression.path[0] ?? '');
}

/** Where an expression stands, as far as it is known. */
export function placeOf(expression: Expression, scope: TypeScope): Position {
  return recall(expression) ?? scope.position;
}
