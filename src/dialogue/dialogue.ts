import type { JsonObject } from '../json.ts';
import type { InboundMessage, Locale } from '../message.ts';
import type { RecognitionContext, Understanding } from '../nlu/recognizer.ts';
import type { Command } from './command.ts';
import type { Effect, Outcome } from './effect.ts';
import type { TrackerEvent } from './tracker-event.ts';

/**
 * The dialogue of one bot as the engine sees it: two pure functions over plain JSON.
 *
 * Same state, same input, same clock: same result. Nothing here reads a clock, draws a random number or does I/O.
 */
export interface Dialogue {
  /** Content hash of the bot's dialogue files. */
  readonly version: string;
  /** The state of a conversation in which nothing was said yet. */
  start(conversation: string, locale: Locale): DialogueState;
  /** What the recogniser should know about the conversation. */
  context(state: DialogueState): Omit<RecognitionContext, 'now' | 'timeZone'>;
  /** Decides what a message asks for; `understanding` is there for messages with text. */
  interpret(
    state: DialogueState,
    message: InboundMessage,
    understanding: Understanding | undefined,
  ): Interpretation;
  /** Runs until the dialogue waits for the person or for an outcome (the last effect is then `run` or `generate`). */
  advance(state: DialogueState, input: AdvanceInput, clock: { readonly now: number }): Advance;
}

export type AdvanceInput =
  | {
      readonly kind: 'commands';
      readonly commands: readonly Command[];
      readonly message: InboundMessage;
      readonly locale: Locale;
    }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

export interface Advance {
  readonly state: DialogueState;
  readonly effects: readonly Effect[];
  /** What happened, for the append-only log, in order. */
  readonly events: readonly TrackerEvent[];
  /** The effect that the dialogue waits for, when it does: always the last of `effects`. */
  readonly waitsFor: 'person' | 'outcome' | 'nothing';
}

export interface Interpretation {
  readonly commands: readonly Command[];
  /** The readings that were weighed, best first, with each term of the score: why the first one won. */
  readonly readings: readonly Reading[];
}

export interface Reading {
  readonly commands: readonly Command[];
  /** Natural-log score: the sum of `terms`. */
  readonly score: number;
  readonly terms: Readonly<Record<string, number>>;
}

/** A conversation between two turns, as JSON. What is inside belongs to the dialogue; others read only these fields. */
export interface DialogueState {
  readonly conversation: string;
  readonly locale: Locale;
  readonly slots: JsonObject;
  readonly user: JsonObject;
  /** Who answers the person now. */
  readonly owner: 'bot' | 'person';
  /** Stack of frames, bottom first; opaque to everyone but the dialogue. */
  readonly stack: readonly { readonly flow: string; readonly version: string; readonly snapshot: unknown }[];
  readonly [more: string]: unknown;
}
