import type { Json } from '../../json.ts';
import type { ExpressionScope } from '../evaluate-expression.ts';
import type { Expression } from '../expression.ts';
import { childExpressions } from '../parse-condition.ts';
import type { SlotDefinition } from '../program.ts';

const MAX_COMBINATIONS = 4096;
/** A text that no author writes, standing for all texts that the conditions do not mention. */
const ANY_OTHER_TEXT = '\u0000';

type Path = readonly [root: 'slots' | 'user' | 'context', ...fields: string[]];

/**
 * Situations to try conditions in: every combination of the values that can make a difference to them. A slot has its
 * choices; a number the constants it is compared with and what lies around them; a text the texts it is compared with
 * and one other.
 *
 * @returns `undefined` when there are too many.
 */
export function possibleScopes(
  conditions: readonly Expression[],
  slots: ReadonlyMap<string, SlotDefinition>,
  isSet: (path: string) => boolean,
): readonly ExpressionScope[] | undefined {
  const constants = conditions.flatMap(constantsOf);
  const paths = new Map(conditions.flatMap(pathsRead).map((path) => [path.join('.'), path]));
  let scopes: readonly ExpressionScope[] = [{ slots: {}, user: {}, context: {}, now: 0 }];
  for (const path of paths.values()) {
    const values = possibleValues(path, slots, constants, isSet);
    if (scopes.length * values.length > MAX_COMBINATIONS) return undefined;
    scopes = scopes.flatMap((scope) => values.map((value) => withValue(scope, path, value)));
  }
  return scopes;
}

function possibleValues(
  [root, ...fields]: Path,
  slots: ReadonlyMap<string, SlotDefinition>,
  constants: readonly Json[],
  isSet: (path: string) => boolean,
): readonly Json[] {
  const [name = ''] = fields;
  const slot = root === 'slots' && fields.length === 1 ? slots.get(name) : undefined;
  const unset: readonly Json[] = isSet(`${root}.${name}`) ? [] : [null];
  return [...unset, ...valuesOf(slot, constants)];
}

function valuesOf(slot: SlotDefinition | undefined, constants: readonly Json[]): readonly Json[] {
  const texts = constants.filter((value) => typeof value === 'string');
  const numbers = around(
    constants.flatMap((value) => (Number.isFinite(Number(value)) ? [Number(value)] : [])),
  );
  switch (slot?.type) {
    case 'boolean':
      return [true, false];
    case 'choice':
      if (slot.choices.length > 0) return slot.choices.map(({ value }) => value);
      return [...texts, ANY_OTHER_TEXT];
    case 'number':
      return numbers;
    case 'text':
      return [...texts, ANY_OTHER_TEXT];
    default:
      return [true, false, ...texts, ...numbers, ANY_OTHER_TEXT];
  }
}

/** Each number, what lies between two neighbours, and what lies below and above all. */
function around(numbers: readonly number[]): readonly number[] {
  const sorted = [...new Set([0, ...numbers])].sort((a, b) => a - b);
  const between = sorted.slice(1).map((number, index) => (number + (sorted[index] ?? number)) / 2);
  return [(sorted[0] ?? 0) - 1, ...sorted, ...between, (sorted.at(-1) ?? 0) + 1];
}

function withValue(scope: ExpressionScope, [root, ...fields]: Path, value: Json): ExpressionScope {
  const place = fields.reduceRight<Json>((inner, field) => ({ [field]: inner }), value);
  return { ...scope, [root]: merge(scope[root], place) };
}

function merge(into: Json, from: Json): Json {
  if (!isObject(into) || !isObject(from)) return from;
  const merged = Object.entries(from).map(([key, value]) => [key, merge(into[key] ?? null, value)] as const);
  return { ...into, ...Object.fromEntries(merged) };
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function constantsOf(expression: Expression): readonly Json[] {
  return expression.kind === 'literal'
    ? [expression.value]
    : childExpressions(expression).flatMap(constantsOf);
}

function pathsRead(expression: Expression): readonly Path[] {
  if (expression.kind === 'path') return [[expression.root, ...expression.path]];
  return childExpressions(expression).flatMap(pathsRead);
}
