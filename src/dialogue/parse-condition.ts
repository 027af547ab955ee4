import type { Json } from '../json.ts';
import type { Expression } from './expression.ts';
import type { FileReader } from './flow-reader.ts';
import { parseExpression } from './parse-expression.ts';
import { fault } from './rules.ts';
import { positionAt, remember, type SourcePlace } from './source-place.ts';

type Reporter = Pick<FileReader, 'report'>;

/** Reads a condition; a faulty one is reported and counts as `false`. */
export function parseCondition(raw: unknown, place: SourcePlace, reader: Reporter): Expression {
  if (typeof raw !== 'string') return literal(raw as Json, place);
  const result = parseExpression(raw);
  if (result.kind === 'parsed') return rememberNodes(result.expression, place);
  const position = place.source.positionInside(place.path, result.offset);
  reader.report(fault('invalid-expression', position, result.message, result.fix));
  return literal(false, place);
}

const READS_SOMETHING = /^\s*(?:not\b\s*|[-(]\s*)*(?:slots|user|context)\.|\bnow\(\)/u;

/**
 * Reads a value: an expression when it reads something (`slots.price * 2`), else the constant that the YAML holds.
 */
export function parseValue(raw: unknown, place: SourcePlace, reader: Reporter): Expression {
  if (typeof raw !== 'string') return literal(raw as Json, place);
  const result = parseExpression(raw);
  if (result.kind === 'parsed') {
    return readsSomething(result.expression) ? rememberNodes(result.expression, place) : literal(raw, place);
  }
  if (!READS_SOMETHING.test(raw)) return literal(raw, place);
  const position = place.source.positionInside(place.path, result.offset);
  reader.report(fault('invalid-expression', position, result.message, result.fix));
  return literal(null, place);
}

function literal(value: Json, place: SourcePlace): Expression {
  const expression: Expression = { kind: 'literal', value, start: 0, end: 0 };
  remember(expression, '', positionAt(place));
  return expression;
}

function readsSomething(expression: Expression): boolean {
  return (
    expression.kind === 'path' ||
    expression.kind === 'now' ||
    childExpressions(expression).some(readsSomething)
  );
}

export function childExpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'list':
      return expression.items;
    case 'not':
    case 'negate':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'literal':
    case 'path':
    case 'now':
      return [];
  }
}

function rememberNodes(expression: Expression, place: SourcePlace): Expression {
  remember(expression, '', place.source.positionInside(place.path, expression.start));
  for (const child of childExpressions(expression)) rememberNodes(child, place);
  return expression;
}
