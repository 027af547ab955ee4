import type { Position } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';

/** One golden dialogue: what a customer says, and what must come of it. Rasa's end-to-end format, read. */
export interface GoldenDialogue {
  readonly name: string;
  readonly position: Position;
  /** The customer's turns, in order; each with what is expected after it. */
  readonly turns: readonly GoldenTurn[];
  /** Slots as they are before the first turn. */
  readonly slots: JsonObject;
  readonly metadata: JsonObject;
  readonly locale?: string | undefined;
  /** Epoch milliseconds that the conversation's clock stands at. */
  readonly now?: number | undefined;
  readonly stubs: readonly ActionStub[];
  /** Whether expectations of a turn must come true in the order they are written. */
  readonly ordered: boolean;
  /** Most turns the bot may take to finish every flow that was started. */
  readonly maxTurns?: number | undefined;
  /** Written by `usher test --generate`. */
  readonly generated: boolean;
}

export interface GoldenTurn {
  /** What the customer types; absent for what the bot says unasked when the conversation opens. */
  readonly user: string | undefined;
  /** Milliseconds that pass instead of the customer saying something: what was to happen by then happens. */
  readonly waitMs?: number | undefined;
  readonly metadata: JsonObject;
  readonly expectations: readonly Expectation[];
  readonly position: Position;
}

/** A message by what is known of it. */
export interface ExpectedMessage {
  readonly response?: string | undefined;
  readonly pattern?: string | undefined;
  readonly buttons?: readonly string[] | undefined;
}

export type Expectation = (
  | { readonly kind: 'bot_text'; readonly text: string }
  | ({ readonly kind: 'bot_uttered' } & ExpectedMessage)
  | ({ readonly kind: 'bot_not_uttered' } & ExpectedMessage)
  | { readonly kind: 'bot_silent' }
  | { readonly kind: 'slot_set'; readonly slot: string; readonly value?: Json | undefined }
  | { readonly kind: 'slot_not_set'; readonly slot: string; readonly value?: Json | undefined }
  | { readonly kind: 'flow_started' | 'flow_completed' | 'flow_cancelled'; readonly flow: string }
  | {
      readonly kind: 'action_executed' | 'action_not_executed';
      readonly action: string;
      readonly input?: JsonObject | undefined;
    }
  | { readonly kind: 'clarification'; readonly names: readonly string[] }
  | { readonly kind: 'handed_off'; readonly queue?: string | undefined }
  | { readonly kind: 'not_logged' | 'not_sent_to_llm'; readonly text: string }
) & { readonly position: Position };

/** A scripted result of an action, in place of the real one. */
export interface ActionStub {
  readonly action: string;
  /** Results of the first, second, … call; the last one repeats. */
  readonly results: readonly StubResult[];
}

export type StubResult =
  | {
      readonly kind: 'result';
      readonly set: JsonObject;
      readonly user: JsonObject;
      readonly say: readonly (string | { readonly response: string })[];
      readonly latencyMs: number;
    }
  | { readonly kind: 'failure'; readonly message: string }
  | { readonly kind: 'timeout' };
