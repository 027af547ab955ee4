import type { JsonObject } from '../json.ts';
import type { LocalizedText } from '../message.ts';
import type { Command } from './command.ts';
import type { DialogueState } from './dialogue.ts';
import type { SayEffect } from './effect.ts';

/** The whole of a conversation between two turns. Its size depends on the bot, never on how long people have talked. */
export interface RunState extends DialogueState {
  readonly stack: readonly Frame[];
  /** Facts from the page, read by flows as `context.*`. */
  readonly page: JsonObject;
  /** What the person was asked last and has not answered. */
  readonly question: Question | null;
  /** What `choose` picks from: a clarification's flows, the tasks that may be resumed. */
  readonly options: readonly ChoiceOption[];
  /** The values that the person said yes to; null when nothing is confirmed. */
  readonly confirmed: JsonObject | null;
  /** The outcome that the dialogue waits for. */
  readonly awaited: Awaited | null;
  /** Further tasks from one message, each with its commands, in the order said. */
  readonly deferred: readonly (readonly Command[])[];
  /** Messages in a row that led nowhere. */
  readonly misses: number;
  /** What the bot said in its last turn, for "say that again". */
  readonly said: readonly SayEffect[];
  /** What the person typed last, cut to a bound: the question that `answer` steps answer. */
  readonly heard: string;
  /** Last values of slots that ended flows held, for "same as before". */
  readonly memory: JsonObject;
  /** The flow that ended last, for follow-ups. */
  readonly lastFlow: string | null;
  /** Absent where silence is not watched, or nothing was asked. */
  readonly silence?: Silence | undefined;
}

/** What is known of a person who does not answer. */
export interface Silence {
  /** How often in a row the timer went off. */
  readonly timeouts: number;
  /** Whether the store holds a timer; `stale` is one that was set before the person spoke. */
  readonly timer: 'none' | 'stale' | 'running';
}

export interface ChoiceOption {
  readonly label: LocalizedText;
  readonly command: Command;
  /** What the message that led to the options told the task. */
  readonly told?: readonly Command[] | undefined;
}

/** One flow on the stack. */
export interface Frame {
  readonly flow: string;
  readonly version: string;
  /** The program's version that it was begun on. */
  readonly program: string;
  readonly snapshot: FlowSnapshot;
  readonly by: 'person' | 'call' | 'link' | 'engine';
  /** Flows that linked here: their slots live until this one ends. */
  readonly inherits: readonly string[];
  /** What a pattern reads as `context.*`. */
  readonly params: JsonObject;
  /** What the flow held when another one was put over it, given back when it goes on. */
  readonly held?: { readonly slots: JsonObject; readonly confirmed: JsonObject | null } | undefined;
}

/** An XState snapshot of a flow's machine, as it is persisted. */
export interface FlowSnapshot {
  readonly status: 'active' | 'done';
  /** The state's key: a step's id, or one of the compiler's own. */
  readonly value: string;
  readonly context: FrameMemory;
}

/** What a machine remembers of its own run. */
export interface FrameMemory {
  /** States entered, in the order of their first visit. */
  readonly visited: readonly string[];
  /** States to pass through silently, because a correction did not touch what they did. */
  readonly replay: readonly string[];
  /** Questions that the person skipped. */
  readonly skipped: readonly string[];
  /** Failed answers to the question at hand. */
  readonly attempt: number;
  /** Whether an action with effects ran. */
  readonly acted: boolean;
  /** Whether what the action at hand requires was asked for already, in vain. */
  readonly asked: boolean;
  /** The timer that a `wait` step has set. */
  readonly timer: string | null;
}

export type Question =
  | {
      readonly kind: 'collect';
      readonly flow: string;
      readonly step: string;
      /** Slots still missing, in the order asked. */
      readonly slots: readonly string[];
      readonly attempt: number;
      /** Values that were said before, and that a yes takes over. */
      readonly offer?: JsonObject | undefined;
    }
  | { readonly kind: 'confirm'; readonly flow: string; readonly step: string; readonly values: JsonObject }
  /** A pattern asked and listens. */
  | { readonly kind: 'listen'; readonly flow: string; readonly step: string };

export interface Awaited {
  readonly kind: 'action' | 'ask' | 'generate';
  readonly flow: string;
  readonly step: string;
  readonly action?: string | undefined;
  readonly key?: string | undefined;
}

export const freshMemory: FrameMemory = {
  visited: [],
  replay: [],
  skipped: [],
  attempt: 0,
  acted: false,
  asked: false,
  timer: null,
};
