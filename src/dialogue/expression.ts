import type { Json } from '../json.ts';

/** The condition language's syntax tree; plain JSON. Columns are offsets into the source text, from 0. */
export type Expression = (
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** `slots.amount.currency` → root `slots`, path `['amount', 'currency']`. */
  | { readonly kind: 'path'; readonly root: 'slots' | 'user' | 'context'; readonly path: readonly string[] }
  | { readonly kind: 'not' | 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'now' }
) & { readonly start: number; readonly end: number };

export type BinaryOperator =
  | 'and'
  | 'or'
  | 'is'
  | 'is not'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'contains'
  | 'matches'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';
