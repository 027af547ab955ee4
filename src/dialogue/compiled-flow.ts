import type { DefaultAction } from './default-actions.ts';
import type { Expression } from './expression.ts';
import type { MachineConfig } from './machine-config.ts';
import type {
  ActionStep,
  AnswerStep,
  CollectStep,
  ConfirmStep,
  GenerateStep,
  HandoffStep,
  Step,
  WaitStep,
} from './program.ts';

/** A flow as a machine, with what its named guards and actions refer to. */
export interface CompiledFlow {
  readonly id: string;
  readonly version: string;
  readonly config: MachineConfig;
  /** States in which the machine waits for the dialogue, by state key. */
  readonly stops: ReadonlyMap<string, Stop>;
  /** The step behind a state, by state key; states of the compiler's own have none. */
  readonly steps: ReadonlyMap<string, Step>;
  readonly expressions: ReadonlyMap<string, Expression>;
}

/** What the dialogue does when a machine has come to rest; what `abandons` ends the flow's callers with it. */
export type Stop =
  | { readonly kind: 'collect'; readonly step: CollectStep }
  | { readonly kind: 'confirm'; readonly step: ConfirmStep }
  | { readonly kind: 'action'; readonly step: ActionStep }
  /** One of the engine's own actions, which patterns name. */
  | { readonly kind: 'default_action'; readonly action: DefaultAction; readonly step: ActionStep }
  | {
      readonly kind: 'call';
      readonly flow: string;
      readonly with: Readonly<Record<string, Expression>>;
      readonly returns: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'link'; readonly flow: string; readonly abandons: boolean }
  | { readonly kind: 'answer'; readonly step: AnswerStep }
  | { readonly kind: 'generate'; readonly step: GenerateStep }
  | { readonly kind: 'handoff'; readonly step: HandoffStep }
  | { readonly kind: 'wait'; readonly step: WaitStep }
  /** The flow's guard said no and names no way out. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'end'; readonly outcome: string | undefined; readonly abandons: boolean };

/** The key of the final state that carries an outcome. */
export function endKey(outcome: string | undefined, abandons: boolean): string {
  const kind = abandons ? '$abandon' : '$end';
  return outcome === undefined ? kind : `${kind}:${outcome}`;
}

/** The state in which a flow's guard has said no, and the flow that may change that is called. */
export const refusedState = '$refused';

/** The key of a step's state: its id, without the characters that XState reads as structure. */
export function stateKey(step: string): string {
  return step.replaceAll('.', '·').replaceAll('#', '♯');
}
