import type { Expression } from '../../dialogue/expression.ts';

/** The condition that holds exactly when another does not. */
export function negated(operand: Expression): Expression {
  return { kind: 'not', operand, start: operand.start, end: operand.end };
}
