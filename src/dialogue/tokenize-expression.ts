/** One token of the condition language; `start` and `end` are offsets into the source. */
export interface Token {
  readonly kind: 'number' | 'text' | 'word' | 'symbol' | 'end';
  /** As written; for `text` without its quotes. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with an expression, and where. */
export interface ExpressionFault {
  readonly message: string;
  readonly fix: string;
  /** Offset into the source text, from 0. */
  readonly offset: number;
}

export class ExpressionSyntaxError extends Error {
  readonly fault: ExpressionFault;

  constructor(fault: ExpressionFault) {
    super(fault.message);
    this.fault = fault;
  }
}

const PATTERNS: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+/uy],
  ['number', /\d+(?:\.\d+)?/uy],
  ['text', /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/suy],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['symbol', /==|!=|<=|>=|[=<>()[\],.+*/%-]/uy],
];

const FOREIGN: Readonly<Record<string, string>> = {
  '&': 'Write `and`.',
  '|': 'Write `or`.',
  '!': 'Write `not`.',
  '{': 'Write a list in square brackets, `[1, 2]`, and name what is read without braces, `context.reason`.',
  '“': 'Use straight quotes.',
  '”': 'Use straight quotes.',
  '‘': 'Use straight quotes.',
  '’': 'Use straight quotes.',
};

/** Splits an expression into tokens; the last one is always `end`. */
export function tokenizeExpression(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let offset = 0; offset < source.length;) {
    const token = readToken(source, offset);
    if (token.kind !== 'space') tokens.push({ ...token, kind: token.kind });
    offset = token.end;
  }
  return [...tokens, { kind: 'end', value: '', start: source.length, end: source.length }];
}

function readToken(source: string, offset: number): Omit<Token, 'kind'> & { kind: Token['kind'] | 'space' } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = offset;
    const match = pattern.exec(source)?.[0];
    if (match === undefined) continue;
    const value = kind === 'text' ? unquote(match) : match;
    return { kind, value, start: offset, end: offset + match.length };
  }
  const character = String.fromCodePoint(source.codePointAt(offset) ?? 0);
  if (character === '"' || character === "'") {
    throw new ExpressionSyntaxError({
      message: 'A quoted text has no end.',
      fix: `Close it with ${character}.`,
      offset,
    });
  }
  throw new ExpressionSyntaxError({
    message: `The character "${character}" has no meaning in an expression.`,
    fix: FOREIGN[character] ?? 'Remove it, or quote the text it belongs to.',
    offset,
  });
}

/** A backslash hides a quote and nothing else, so that regular expressions are written once. */
function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(["'])/gu, '$1');
}
