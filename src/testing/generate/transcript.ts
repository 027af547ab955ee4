import type { Json } from '../../json.ts';
import type { Sample } from './sample-values.ts';
import type { Unknown } from './unknown.ts';

/** What a customer says in a generated dialogue, before words are found for it. */
export type Saying =
  | { readonly kind: 'task'; readonly flow: string }
  | { readonly kind: 'answer'; readonly slot: string; readonly unknown: Unknown }
  | { readonly kind: 'correction'; readonly slot: string; readonly sample: Sample }
  /** An answer that cannot be one, pressed rather than typed: anything typed would be an answer. */
  | { readonly kind: 'empty'; readonly slot: string }
  | { readonly kind: 'phrase'; readonly phrase: Phrase }
  | { readonly kind: 'wait'; readonly ms: number };

/** What is said to every bot. */
export type Phrase =
  | 'affirm'
  | 'deny'
  | 'cancel'
  | 'repeat'
  | 'explain'
  | 'skip'
  | 'handoff'
  | 'release'
  | 'restart'
  | 'nonsense'
  | 'question';

/** What must come of it, as the flow's meaning has it. */
export type Expected =
  | { readonly kind: 'utter'; readonly response: string }
  | { readonly kind: 'not_uttered'; readonly response: string }
  | { readonly kind: 'slot_set'; readonly slot: string; readonly value: Unknown | Json }
  | { readonly kind: 'flow_started' | 'flow_completed' | 'flow_cancelled'; readonly flow: string }
  | {
      readonly kind: 'action_executed';
      readonly action: string;
      readonly input: Readonly<Record<string, Json>>;
    }
  | { readonly kind: 'action_not_executed'; readonly action: string }
  | { readonly kind: 'handed_off'; readonly queue: string };

export interface PlannedTurn {
  readonly saying: Saying;
  readonly expected: Expected[];
}

/** What an action is scripted to find out: slots by name, facts with `user.` before theirs. */
export type PlannedResult =
  | { readonly kind: 'sets'; readonly values: ReadonlyMap<string, Unknown | Json> }
  | { readonly kind: 'fails' };

/** A dialogue made up from what flows mean. */
export interface PlannedDialogue {
  readonly name: string;
  readonly flow: string;
  readonly turns: readonly PlannedTurn[];
  /** By action, in the order of its calls. */
  readonly results: ReadonlyMap<string, readonly PlannedResult[]>;
}
