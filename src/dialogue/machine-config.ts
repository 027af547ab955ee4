import type { Json } from '../json.ts';

/** An XState v5 machine config, as the part of it that is plain JSON: what Stately and Mermaid can draw. */
export interface MachineConfig {
  readonly id: string;
  readonly initial: string;
  readonly on: Readonly<Record<string, TransitionConfig>>;
  readonly states: Readonly<Record<string, StateConfig>>;
}

export interface StateConfig {
  readonly type?: 'final';
  readonly entry?: readonly NamedReference[];
  /** Taken at once, the first whose guard holds; tried again after every event. */
  readonly always?: readonly TransitionConfig[];
  readonly on?: Readonly<Record<string, readonly TransitionConfig[]>>;
  readonly description?: string;
}

export interface TransitionConfig {
  readonly target?: string;
  readonly guard?: NamedReference;
  readonly actions?: readonly NamedReference[];
}

/** A guard or an action by name; `params` name the step or the expression it is about. */
export interface NamedReference {
  readonly type: string;
  readonly params: Readonly<Record<string, Json>>;
}
