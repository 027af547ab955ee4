import { evaluateExpression, type ExpressionScope, holds } from '../../dialogue/evaluate-expression.ts';
import type { Expression } from '../../dialogue/expression.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Sample } from './sample-values.ts';

/** A condition that a path relies on. */
export interface Condition {
  readonly condition: Expression;
  readonly holds: boolean;
}

/**
 * A value that is not decided yet: what a customer will have answered, or an action found out. It is decided when a
 * branch depends on it, so that the branch goes the wanted way.
 */
export class Unknown {
  readonly candidates: readonly Sample[];
  decided: Sample | undefined;

  constructor(candidates: readonly Sample[]) {
    this.candidates = candidates;
  }

  decide(): Sample {
    this.decided ??= this.candidates[0] ?? { value: null, text: '' };
    return this.decided;
  }
}

export type Held = Unknown | Json;

/** What a conversation holds while its dialogue is being made up. */
export interface World {
  readonly slots: Map<string, Held>;
  readonly user: Map<string, Held>;
  /** What the branches taken so far rely on, in order. */
  readonly relied: Condition[];
  /** Epoch milliseconds. */
  readonly now: number;
}

/** The undecided values that a condition reads. */
function unknownsIn(expressions: readonly Expression[], world: World): readonly Unknown[] {
  const found = new Set<Unknown>();
  for (const { root, name } of expressions.flatMap(readsOf)) {
    const held = root === 'slots' ? world.slots.get(name) : world.user.get(name);
    if (held instanceof Unknown && !held.decided) found.add(held);
  }
  return [...found];
}

interface Read {
  readonly root: 'slots' | 'user' | 'context';
  readonly name: string;
}

/** The slots and facts that an expression reads. */
export function readsOf(expression: Expression): readonly Read[] {
  switch (expression.kind) {
    case 'path':
      return [{ root: expression.root, name: expression.path[0] ?? '' }];
    case 'list':
      return expression.items.flatMap(readsOf);
    case 'not':
    case 'negate':
      return readsOf(expression.operand);
    case 'binary':
      return [...readsOf(expression.left), ...readsOf(expression.right)];
    case 'literal':
    case 'now':
      return [];
    default:
      return expression satisfies never;
  }
}

/** Values for undecided ones under which something holds. */
export type Assignment = ReadonlyMap<Unknown, Sample>;

/** More combinations of values than this are not tried for one branch. */
const mostAssignments = 600;

/**
 * Finds values under which each list of conditions holds.
 *
 * @returns For each list the first assignment that fits, `undefined` for one that cannot hold.
 */
export function solve(
  alternatives: readonly (readonly Condition[])[],
  world: World,
): readonly (Assignment | undefined)[] {
  const unknowns = unknownsIn(
    alternatives.flatMap((conditions) => conditions.map(({ condition }) => condition)),
    world,
  );
  const found: (Assignment | undefined)[] = alternatives.map(() => undefined);
  let tried = 0;
  for (const assignment of assignments(unknowns)) {
    const scope = scopeOf(world, assignment);
    for (const [at, conditions] of alternatives.entries()) {
      if (!found[at] && conditions.every((each) => holds(each.condition, scope) === each.holds))
        found[at] = assignment;
    }
    tried += 1;
    if (tried >= mostAssignments || found.every((each) => each !== undefined)) break;
  }
  return found;
}

function* assignments(unknowns: readonly Unknown[]): Generator<Assignment> {
  const [first, ...rest] = unknowns;
  if (!first) {
    yield new Map();
    return;
  }
  for (const sample of first.candidates)
    for (const others of assignments(rest)) yield new Map([[first, sample], ...others]);
}

export function apply(assignment: Assignment): void {
  for (const [unknown, sample] of assignment) unknown.decided = sample;
}

/** An expression's value now; what it reads is decided by this. */
export function decideValue(expression: Expression, world: World): Json {
  for (const unknown of unknownsIn([expression], world)) unknown.decide();
  return evaluateExpression(expression, scopeOf(world));
}

export function valueOf(held: Held | undefined): Json {
  return held instanceof Unknown ? held.decide().value : (held ?? null);
}

/** What an expression reads; of undecided values, what is assigned or their likeliest. */
export function scopeOf(world: World, assignment: Assignment = new Map()): ExpressionScope {
  const plain = (held: ReadonlyMap<string, Held>): JsonObject =>
    Object.fromEntries(
      [...held].map(([name, value]) => [
        name,
        value instanceof Unknown
          ? ((value.decided ?? assignment.get(value) ?? value.candidates[0])?.value ?? null)
          : value,
      ]),
    );
  return { slots: plain(world.slots), user: plain(world.user), context: {}, now: world.now };
}

export function readsSlot(expression: Expression, slot: string): boolean {
  return readsOf(expression).some(({ root, name }) => root === 'slots' && name === slot);
}
