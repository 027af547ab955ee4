import type { Program } from '../../dialogue/program.ts';
import type { GoldenResult } from '../run-golden.ts';
import { repairsIn, repairsOf, type Repair } from './repairs.ts';
import { transitionsOf, type Transition } from './transitions.ts';

export interface Covered<Kind> {
  readonly total: number;
  readonly covered: number;
  /** In file order. */
  readonly uncovered: readonly Kind[];
}

/** How much of a bot its golden dialogues exercise. */
export interface Coverage {
  readonly transitions: Covered<Transition>;
  readonly repairs: Covered<Repair>;
}

/** Holds what dialogues did against all that they could have done. */
export function measureCoverage(
  program: Program,
  results: readonly GoldenResult[],
  { knowledge }: { readonly knowledge: readonly unknown[] },
): Coverage {
  const turns = results.flatMap((result) => result.turns);
  const taken = new Set(turns.flatMap(({ seen }) => seen.transitions));
  const repaired = new Set(turns.flatMap(({ seen }) => repairsIn(seen.question, seen.events)));
  return {
    transitions: covered(transitionsOf(program), taken),
    repairs: covered(repairsOf(program, { hasArticles: knowledge.length > 0 }), repaired),
  };
}

function covered<Kind extends { readonly id: string }>(
  all: readonly Kind[],
  ids: ReadonlySet<string>,
): Covered<Kind> {
  const uncovered = all.filter(({ id }) => !ids.has(id));
  return { total: all.length, covered: all.length - uncovered.length, uncovered };
}

/** 0 to 100, one decimal, rounded down so that 100 means all. */
export function percentOf({ total, covered }: Pick<Covered<unknown>, 'total' | 'covered'>): number {
  return total === 0 ? 100 : Math.floor((covered * 1000) / total) / 10;
}
