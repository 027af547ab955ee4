import { RE2JS } from 're2js';
import type { BinaryOperator, Expression } from './expression.ts';
import {
  ExpressionSyntaxError,
  tokenizeExpression,
  type ExpressionFault,
  type Token,
} from './tokenize-expression.ts';

export type ExpressionResult =
  | { readonly kind: 'parsed'; readonly expression: Expression }
  | ({ readonly kind: 'failed' } & ExpressionFault);

/** Parses a condition or a value of the flow language; nothing in it is ever executed as code. */
export function parseExpression(source: string): ExpressionResult {
  try {
    const parser = new ExpressionParser(tokenizeExpression(source));
    return { kind: 'parsed', expression: parser.parseAll() };
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return { kind: 'failed', ...error.fault };
    throw error;
  }
}

/** How tightly each operator holds its operands; `not` stands between `and` and the comparisons. */
const BINDING: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  is: 4,
  'is not': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  in: 4,
  'not in': 4,
  contains: 4,
  matches: 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};
const NOT_BINDING = 3;
const COMPARISON_BINDING = 4;
const NEGATE_BINDING = 7;
const MAX_DEPTH = 64;

const SPELLINGS: Readonly<Record<string, BinaryOperator>> = {
  '=': 'is',
  '==': 'is',
  '!=': 'is not',
  is: 'is',
  and: 'and',
  or: 'or',
  in: 'in',
  contains: 'contains',
  matches: 'matches',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '+': '+',
  '-': '-',
  '*': '*',
  '/': '/',
  '%': '%',
};

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
  ['none', null],
  ['undefined', null],
]);

/** A Pratt parser: each operator knows how tightly it binds, and the loop does the rest. */
class ExpressionParser {
  private readonly tokens: readonly Token[];
  private place = 0;
  private depth = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parseAll(): Expression {
    if (this.peek().kind === 'end')
      this.fail('The expression is empty.', 'Write a condition, or leave it out.');
    const expression = this.parse(0);
    const rest = this.peek();
    if (rest.kind !== 'end') {
      this.fail(`"${rest.value}" cannot follow here.`, 'Join two conditions with `and` or `or`.');
    }
    return expression;
  }

  private parse(binding: number): Expression {
    this.depth += 1;
    if (this.depth > MAX_DEPTH)
      this.fail('The expression is nested too deeply.', 'Split it into several steps.');
    let left = this.parsePrefix();
    for (;;) {
      const operator = this.peekOperator();
      if (!operator || BINDING[operator.name] <= binding) break;
      this.place += operator.tokens;
      left = this.parseBinary(operator.name, left);
    }
    this.depth -= 1;
    return left;
  }

  private parseBinary(operator: BinaryOperator, left: Expression): Expression {
    const right = this.parse(BINDING[operator]);
    if (operator === 'matches') checkPattern(right);
    const next = this.peekOperator();
    if (next && BINDING[operator] === COMPARISON_BINDING && BINDING[next.name] === COMPARISON_BINDING) {
      this.fail('Comparisons cannot be chained.', 'Join two comparisons with `and`.');
    }
    return { kind: 'binary', operator, left, right, start: left.start, end: right.end };
  }

  private peekOperator(): { readonly name: BinaryOperator; readonly tokens: number } | undefined {
    const token = this.peek();
    if (token.kind !== 'symbol' && token.kind !== 'word') return undefined;
    const word = token.value.toLowerCase();
    const following = this.tokens[this.place + 1]?.value.toLowerCase();
    if (word === 'is' && following === 'not') return { name: 'is not', tokens: 2 };
    if (word === 'not' && following === 'in') return { name: 'not in', tokens: 2 };
    const name = Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word] : undefined;
    return name && { name, tokens: 1 };
  }

  private parsePrefix(): Expression {
    const token = this.take();
    switch (token.kind) {
      case 'number':
        return { kind: 'literal', value: Number(token.value), start: token.start, end: token.end };
      case 'text':
        return this.parseText(token);
      case 'word':
        return this.parseWord(token);
      case 'symbol':
        return this.parseSymbol(token);
      case 'end':
        return this.failAt(token, 'The expression stops too early.', 'Complete it.');
    }
  }

  /** Rasa's own patterns quote what they read: `'{{context.reason}}' = '…'`. */
  private parseText(token: Token): Expression {
    const { value, start, end } = token;
    const braces = /^\{\{\s*(.*?)\s*\}\}$/su.exec(value)?.[1];
    if (braces === undefined) return { kind: 'literal', value, start, end };
    const [, root, names] = /^(slots|user|context)((?:\.\w+)+)$/u.exec(braces) ?? [];
    if (root !== 'slots' && root !== 'user' && root !== 'context')
      return this.failAt(
        token,
        `The Jinja "${value}" is not supported.`,
        'Name what is read, without braces and quotes, such as `context.reason`.',
      );
    return { kind: 'path', root, path: (names ?? '').split('.').slice(1), start, end };
  }

  private parseSymbol(token: Token): Expression {
    if (token.value === '(') {
      const inner = this.parse(0);
      const close = this.expect(')');
      return { ...inner, start: token.start, end: close.end };
    }
    if (token.value === '[') return this.parseList(token);
    if (token.value === '-') {
      const operand = this.parse(NEGATE_BINDING);
      return { kind: 'negate', operand, start: token.start, end: operand.end };
    }
    return this.failAt(token, `"${token.value}" needs a value before it.`, 'Write the value it compares.');
  }

  private parseList(open: Token): Expression {
    const items: Expression[] = [];
    while (this.peek().value !== ']' || this.peek().kind !== 'symbol') {
      if (items.length > 0) this.expect(',');
      items.push(this.parse(0));
    }
    const close = this.take();
    return { kind: 'list', items, start: open.start, end: close.end };
  }

  private parseWord(token: Token): Expression {
    const word = token.value.toLowerCase();
    if (word === 'not') {
      const operand = this.parse(NOT_BINDING);
      return { kind: 'not', operand, start: token.start, end: operand.end };
    }
    const constant = CONSTANTS.get(word);
    if (constant !== undefined) {
      return { kind: 'literal', value: constant, start: token.start, end: token.end };
    }
    if (token.value === 'now') return this.parseNow(token);
    if (token.value === 'slots' || token.value === 'user' || token.value === 'context') {
      return this.parsePath(token, token.value);
    }
    return this.failAt(
      token,
      `"${token.value}" is not known here.`,
      `Write \`slots.${token.value}\` for a slot, or put a text in quotes.`,
    );
  }

  private parseNow(token: Token): Expression {
    this.expect('(');
    const close = this.expect(')');
    return { kind: 'now', start: token.start, end: close.end };
  }

  private parsePath(token: Token, root: 'slots' | 'user' | 'context'): Expression {
    const path: string[] = [];
    let end = token.end;
    while (this.peek().value === '.' && this.peek().kind === 'symbol') {
      this.place += 1;
      const segment = this.take();
      const isName = segment.kind === 'word' || (segment.kind === 'number' && !segment.value.includes('.'));
      if (!isName) this.failAt(segment, `A name is missing after "${root}.".`, 'Name what is read.');
      path.push(segment.value);
      end = segment.end;
    }
    if (path.length === 0) {
      this.failAt(token, `"${root}" alone has no value.`, `Name what is read, such as \`${root}.name\`.`);
    }
    return { kind: 'path', root, path, start: token.start, end };
  }

  private peek(): Token {
    return this.tokens[this.place] ?? this.lastToken();
  }

  private take(): Token {
    const token = this.peek();
    this.place += 1;
    return token;
  }

  private lastToken(): Token {
    return this.tokens.at(-1) ?? { kind: 'end', value: '', start: 0, end: 0 };
  }

  private expect(symbol: string): Token {
    const token = this.take();
    if (token.kind === 'symbol' && token.value === symbol) return token;
    return this.failAt(token, `A "${symbol}" is missing here.`, `Write "${symbol}".`);
  }

  private fail(message: string, fix: string): never {
    return this.failAt(this.peek(), message, fix);
  }

  private failAt(token: Token, message: string, fix: string): never {
    throw new ExpressionSyntaxError({ message, fix, offset: token.start });
  }
}

function checkPattern(pattern: Expression): void {
  if (pattern.kind !== 'literal' || typeof pattern.value !== 'string') {
    throw new ExpressionSyntaxError({
      message: '`matches` needs a regular expression in quotes.',
      fix: 'Write the pattern in place, such as `matches "^\\d{4}$"`.',
      offset: pattern.start,
    });
  }
  const fault = patternFault(pattern.value);
  if (fault !== undefined) {
    throw new ExpressionSyntaxError({
      message: `The regular expression is not valid: ${fault}.`,
      fix: 'Use RE2 syntax: look-around and back-references do not exist in it.',
      offset: pattern.start,
    });
  }
}

/** Says what RE2 has against a regular expression; `undefined` when it compiles. */
export function patternFault(pattern: string): string | undefined {
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/\.$/u, '') : String(error);
  }
}
