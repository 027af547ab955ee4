import { childExpressions } from './parse-condition.ts';
import type { Expression } from './expression.ts';
import { printExpression } from './print-expression.ts';

/**
 * What is certain at a place of a flow, whatever path led there: `set slots.x`, `confirmed slots.x`, `true <condition>`.
 * Each fact knows the paths it speaks of, so that writing one of them ends it.
 */
export class KnownFacts {
  private readonly facts: ReadonlyMap<string, readonly string[]>;

  constructor(facts: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.facts = facts;
  }

  get size(): number {
    return this.facts.size;
  }

  isSet(path: string): boolean {
    return this.facts.has(`set ${path}`);
  }

  isConfirmed(slot: string): boolean {
    return this.facts.has(`confirmed slots.${slot}`);
  }

  /** Whether a condition certainly holds. */
  implies(condition: Expression): boolean {
    if (this.facts.has(`true ${printExpression(condition)}`)) return true;
    if (condition.kind === 'literal') return Boolean(condition.value);
    if (condition.kind !== 'binary') return false;
    if (condition.operator === 'and') return this.implies(condition.left) && this.implies(condition.right);
    if (condition.operator === 'or') return this.implies(condition.left) || this.implies(condition.right);
    const nullTested = testedForNull(condition);
    return nullTested !== undefined && condition.operator === 'is not' && this.isSet(nullTested);
  }

  /** What holds here and there as well. */
  meet(other: KnownFacts): KnownFacts {
    return this.where((fact) => other.facts.has(fact));
  }

  join(other: KnownFacts): KnownFacts {
    return this.with([...other.facts]);
  }

  withSet(paths: readonly string[]): KnownFacts {
    return this.with(paths.map((path) => [`set ${path}`, [path]]));
  }

  /** A yes to these slots' values; it replaces an earlier one. */
  withConfirmed(slots: readonly string[]): KnownFacts {
    const paths = slots.map((slot) => `slots.${slot}`);
    return this.withoutConfirmations().with(paths.map((path) => [`confirmed ${path}`, paths]));
  }

  withoutConfirmations(): KnownFacts {
    return this.where((fact) => !fact.startsWith('confirmed '));
  }

  /** What is left when these paths get new values. */
  without(paths: ReadonlySet<string>): KnownFacts {
    if (paths.size === 0) return this;
    return this.where((_, about) => !about.some((path) => paths.has(path)));
  }

  private where(stays: (fact: string, about: readonly string[]) => boolean): KnownFacts {
    const facts = new Map<string, readonly string[]>();
    for (const [fact, about] of this.facts) if (stays(fact, about)) facts.set(fact, about);
    return facts.size === this.facts.size ? this : new KnownFacts(facts);
  }

  private with(more: readonly (readonly [string, readonly string[]])[]): KnownFacts {
    if (more.every(([fact]) => this.facts.has(fact))) return this;
    const facts = new Map(this.facts);
    for (const [fact, about] of more) facts.set(fact, about);
    return new KnownFacts(facts);
  }

  /** What is known besides when a condition turns out to hold, or not to hold. */
  assuming(condition: Expression, holds: boolean): KnownFacts {
    return this.join(holds ? factsWhenTrue(condition) : factsWhenFalse(condition));
  }
}

const NOTHING = new KnownFacts();

function factsWhenTrue(condition: Expression): KnownFacts {
  const own = new KnownFacts(new Map([[`true ${printExpression(condition)}`, pathsOf(condition)]]));
  if (condition.kind === 'not') return own.join(factsWhenFalse(condition.operand));
  if (condition.kind === 'path') return own.withSet(pathsOf(condition));
  if (condition.kind !== 'binary') return own;
  switch (condition.operator) {
    case 'and':
      return own.join(factsWhenTrue(condition.left)).join(factsWhenTrue(condition.right));
    case 'or':
      return own.join(factsWhenTrue(condition.left).meet(factsWhenTrue(condition.right)));
    case 'is not': {
      const tested = testedForNull(condition);
      return tested === undefined ? own : own.withSet([tested]);
    }
    case 'not in':
      return own;
    case 'is':
      return testedForNull(condition) === undefined ? own.withSet(pathsOf(condition)) : own;
    default:
      return own.withSet(pathsOf(condition));
  }
}

function factsWhenFalse(condition: Expression): KnownFacts {
  const negated: Expression = { kind: 'not', operand: condition, start: 0, end: 0 };
  const own = new KnownFacts(new Map([[`true ${printExpression(negated)}`, pathsOf(condition)]]));
  if (condition.kind === 'not') return own.join(factsWhenTrue(condition.operand));
  if (condition.kind !== 'binary') return own;
  switch (condition.operator) {
    case 'and':
      return own.join(factsWhenFalse(condition.left).meet(factsWhenFalse(condition.right)));
    case 'or':
      return own.join(factsWhenFalse(condition.left)).join(factsWhenFalse(condition.right));
    case 'is':
      return own.join(factsWhenTrue({ ...condition, operator: 'is not' }));
    case 'is not':
      return own.join(factsWhenTrue({ ...condition, operator: 'is' }));
    default:
      return own.join(NOTHING);
  }
}

/** The path that `x is null` or `x is not null` speaks of. */
function testedForNull(condition: Extract<Expression, { kind: 'binary' }>): string | undefined {
  const { operator, left, right } = condition;
  if (operator !== 'is' && operator !== 'is not') return undefined;
  if (right.kind !== 'literal' || right.value !== null || left.kind !== 'path') return undefined;
  return pathsOf(left)[0];
}

/** The slots, and the facts of user and context, that an expression reads: `slots.amount`, `user.signed_in`. */
export function pathsOf(expression: Expression): readonly string[] {
  if (expression.kind === 'path') return [`${expression.root}.${expression.path[0] ?? ''}`];
  return childExpressions(expression).flatMap(pathsOf);
}
