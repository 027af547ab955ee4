import type { Expression } from './expression.ts';

/** Writes an expression in one way whatever its author's spelling: equal conditions print equally. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'string'
        ? `'${expression.value}'`
        : JSON.stringify(expression.value);
    case 'list':
      return `[${expression.items.map(printExpression).join(', ')}]`;
    case 'path':
      return [expression.root, ...expression.path].join('.');
    case 'not':
      return `not ${printOperand(expression.operand)}`;
    case 'negate':
      return `-${printOperand(expression.operand)}`;
    case 'binary':
      return `${printOperand(expression.left)} ${expression.operator} ${printOperand(expression.right)}`;
    case 'now':
      return 'now()';
  }
}

function printOperand(operand: Expression): string {
  const text = printExpression(operand);
  return operand.kind === 'binary' || operand.kind === 'not' ? `(${text})` : text;
}
