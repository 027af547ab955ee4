import type { Expression } from './expression.ts';

/** The slots that an expression reads. */
export function expressionSlots(expression: Expression, found: Set<string> = new Set()): ReadonlySet<string> {
  switch (expression.kind) {
    case 'path':
      if (expression.root === 'slots' && expression.path[0] !== undefined) found.add(expression.path[0]);
      break;
    case 'list':
      for (const item of expression.items) expressionSlots(item, found);
      break;
    case 'not':
    case 'negate':
      expressionSlots(expression.operand, found);
      break;
    case 'binary':
      expressionSlots(expression.left, found);
      expressionSlots(expression.right, found);
      break;
    case 'literal':
    case 'now':
      break;
    default:
      expression satisfies never;
  }
  return found;
}
