import type { Json, JsonObject } from '../json.ts';
import type { LocalizedText } from '../message.ts';
import type { ButtonDefinition, ResponseDefinition } from './program.ts';

/** What the dialogue wants done in the world; the engine does it, in order. */
export type Effect =
  | SayEffect
  /** Like `say`, and the person's next message is read as an answer to it. */
  | (Omit<SayEffect, 'kind'> & {
      readonly kind: 'ask';
      readonly slots: readonly string[];
      readonly attempt: number;
    })
  | RunEffect
  | GenerateEffect
  | {
      readonly kind: 'handoff';
      readonly queue: string;
      /** When people are there: now, or later; epoch milliseconds. Absent when they never are. */
      readonly opensAt?: number | undefined;
      readonly priority?: number | undefined;
      readonly slots: JsonObject;
      readonly flow?: string | undefined;
    }
  | { readonly kind: 'schedule'; readonly timer: string; readonly delayMs: number }
  /** Nothing is active any more. */
  | { readonly kind: 'end'; readonly outcome?: string | undefined };

/** A response by name, or a text in place; with what its placeholders may read, as it was when it was said. */
export interface SayEffect {
  readonly kind: 'say';
  readonly utterance: Utterance;
  /** Values for placeholders: slots by name, and `user.*`, `context.*` under their roots. */
  readonly values: JsonObject;
}

export type Utterance =
  | {
      readonly kind: 'response';
      readonly response: string;
      /** Variants whose condition holds, by place; absent = all. */
      readonly variants?: readonly number[] | undefined;
      /** The response itself, where it belongs to the older bot that a flow is finished on. */
      readonly definition?: ResponseDefinition | undefined;
      readonly buttons?: readonly ButtonDefinition[] | undefined;
    }
  | {
      readonly kind: 'text';
      readonly text: LocalizedText;
      /** Shown as it stands: what an action returned is data, never a template. */
      readonly literal?: boolean | undefined;
      readonly buttons?: readonly ButtonDefinition[] | undefined;
    };

/** An action to perform; the dialogue waits for its outcome. */
export interface RunEffect {
  readonly kind: 'run';
  readonly action: string;
  readonly input: JsonObject;
  /** Whether it must never be called blindly twice. */
  readonly effect: boolean;
  /** Idempotency key: conversation, action, confirmed values; stable over retries and crashes. */
  readonly key: string;
  readonly timeoutMs: number;
  /** Further tries after a failure; 0 unless the action is safe to repeat. */
  readonly retry: number;
}

/** A text that is written, not looked up: an answer from knowledge, or a free reply. */
export type GenerateEffect =
  | {
      readonly kind: 'generate';
      readonly purpose: 'answer';
      readonly question: string;
      readonly articles: readonly string[];
    }
  | { readonly kind: 'generate'; readonly purpose: 'reply'; readonly question: string }
  | {
      readonly kind: 'generate';
      readonly purpose: 'prompt';
      readonly prompt: LocalizedText;
      readonly values: JsonObject;
    };

/** How a `run` or a `generate` ended; fed back to `advance`. */
export type Outcome =
  | {
      readonly kind: 'ran';
      readonly set: JsonObject;
      readonly user: JsonObject;
      readonly say: readonly Utterance[];
      readonly values?: Json;
    }
  | {
      readonly kind: 'failed';
      readonly reason: 'error' | 'timeout' | 'unknown_outcome';
      readonly message: string;
    }
  | { readonly kind: 'generated' }
  /** The generator had nothing it may say; the dialogue says what it would have said without one. */
  | { readonly kind: 'silent' };
