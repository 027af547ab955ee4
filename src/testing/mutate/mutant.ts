import type { Program } from '../../dialogue/program.ts';
import type { Position } from '../../errors.ts';

/** One small fault put into a bot's flows: a good suite fails on it. */
export interface Mutant {
  /** What was done, e.g. `negated: if slots.returnable`. */
  readonly change: string;
  readonly kind: MutationKind;
  readonly flow: string;
  /** The step that is at fault; absent for the flow's guard. */
  readonly step: string | undefined;
  readonly position: Position;
  /** The whole program with the fault in it. */
  readonly program: Program;
  /** Set when no dialogue can tell it from the original; says why. */
  readonly equivalent?: string | undefined;
}

export type MutationKind = 'guard' | 'target' | 'requires' | 'slot' | 'step' | 'argument' | 'text';
