import type { CallOptions } from '../call-options.ts';
import type { Outcome } from '../dialogue/effect.ts';
import type { JsonObject } from '../json.ts';
import type { Locale } from '../message.ts';

/** One call of an action, with what its context is made of. */
export interface ActionCall {
  readonly action: string;
  readonly input: JsonObject;
  /** Same conversation, action and confirmed values: same key. */
  readonly key: string;
  readonly timeoutMs: number;
  /** Further tries after a failure, where the action is safe to repeat. */
  readonly retry: number;
  readonly conversation: string;
  readonly locale: Locale;
  readonly slots: JsonObject;
  readonly user: JsonObject;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly metadata: JsonObject;
}

/** What became of a call whose end nobody saw. */
export type Lookup =
  | { readonly kind: 'found'; readonly outcome: Outcome }
  /** It surely did not take place. */
  | { readonly kind: 'not_run' }
  | { readonly kind: 'unknown'; readonly message: string };

/** Runs the bot's actions. Never throws for what an action does: a failure is an outcome. */
export interface ActionRunner {
  run(call: ActionCall, options?: CallOptions): Promise<Outcome>;
  lookup(call: ActionCall, options?: CallOptions): Promise<Lookup>;
}
