import type { Position } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Locale, LocalizedText, Payload } from '../message.ts';
import type { Expression } from './expression.ts';

/**
 * A bot's dialogue files, parsed, linked and typed: what the checker proves things about and the compiler turns
 * into machines. Plain JSON throughout, so that a conversation begun on an older bot can be run from the stored copy.
 */
export interface Program {
  readonly locales: readonly Locale[];
  readonly slots: Readonly<Record<string, SlotDefinition>>;
  readonly flows: Readonly<Record<string, FlowDefinition>>;
  readonly responses: Readonly<Record<string, ResponseDefinition>>;
  readonly actions: Readonly<Record<string, ActionDefinition>>;
  /** Content hash of everything above. */
  readonly version: string;
}

export type SlotType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'choice'
  | 'date'
  | 'time'
  | 'datetime'
  | 'duration'
  | 'money'
  | 'email'
  | 'phone'
  | 'list'
  | 'object'
  | 'any';

export type SlotScope = 'turn' | 'flow' | 'conversation' | 'user';

export interface SlotDefinition {
  readonly name: string;
  readonly type: SlotType;
  /** Canonical values of a `choice`, with how they are shown. */
  readonly choices: readonly ChoiceDefinition[];
  /** RE2 source that a value must match. */
  readonly pattern?: string | undefined;
  /** Entities (`name` or `name/role`) that fill it besides the one of its own name. */
  readonly entities: readonly string[];
  /** Slots of other tasks whose values may be carried over to it, the likeliest first. */
  readonly carryFrom: readonly string[];
  readonly initialValue: Json;
  readonly scope: SlotScope;
  /** Class of personal data (`order`, `email`, …): masked before logs and LLMs. */
  readonly sensitive?: string | undefined;
  readonly mappings: readonly SlotMapping[];
  /** Tried in order on every fill, wherever the value came from. */
  readonly rejections: readonly Rejection[];
  readonly forceFilling: boolean;
  readonly label: LocalizedText | undefined;
  readonly position: Position;
}

export interface ChoiceDefinition {
  readonly value: string;
  readonly label: LocalizedText | undefined;
  readonly synonyms: readonly string[];
}

export type SlotMapping =
  | { readonly kind: 'from_llm' | 'controlled' }
  | {
      readonly kind: 'from_entity';
      readonly entity: string;
      readonly role?: string | undefined;
      readonly group?: string | undefined;
      readonly intents: readonly string[];
      readonly notIntents: readonly string[];
      readonly activeFlows: readonly string[];
    }
  | {
      readonly kind: 'from_intent';
      readonly intents: readonly string[];
      readonly value: Json;
      readonly activeFlows: readonly string[];
    }
  | {
      readonly kind: 'from_text';
      readonly intents: readonly string[];
      readonly notIntents: readonly string[];
      readonly activeFlows: readonly string[];
    };

export interface Rejection {
  readonly if: Expression;
  readonly utter: string;
}

export interface FlowDefinition {
  readonly id: string;
  /** Content hash of this flow and the flows it calls. */
  readonly version: string;
  readonly name: LocalizedText;
  readonly description: string;
  readonly triggers: readonly FlowTrigger[];
  readonly guard?: Expression | undefined;
  /** What happens when the guard refuses. */
  readonly guardElse?: Continuation | undefined;
  readonly steps: readonly Step[];
  readonly persistedSlots: readonly string[];
  /** Slots that a caller may pass in, and that the flow gives back. */
  readonly inputs: readonly string[];
  readonly returns: readonly string[];
  /** Whether its end is announced by `pattern_completed`; `run_pattern_completed` in the file. */
  readonly announcesEnd: boolean;
  readonly onUpdate: 'finish' | 'migrate' | 'restart';
  /** Shipped with the engine or an override of one: a `pattern_*`. */
  readonly pattern: boolean;
  readonly position: Position;
}

export interface FlowTrigger {
  readonly intent: string;
  /** Lowest probability at which the trigger fires, where the author set one, 0 to 1. */
  readonly confidence?: number | undefined;
}

/** A flow, a response or steps: what `else`, `on_error` and `on_exhausted` take. */
export type Continuation =
  | { readonly kind: 'flow'; readonly flow: string }
  | { readonly kind: 'response'; readonly response: string }
  | { readonly kind: 'steps'; readonly steps: readonly Step[] };

interface StepBase {
  /** Unique in the flow: the author's, or made from kind and place (`3_collect_order_id`). */
  readonly id: string;
  /** Whether the author gave the id (only those can be a `next`'s target). */
  readonly named: boolean;
  readonly description: string;
  readonly next: Next;
  readonly position: Position;
}

export type Step =
  | CollectStep
  | ConfirmStep
  | ActionStep
  | SayStep
  | SetSlotsStep
  | CallStep
  | LinkStep
  | SwitchStep
  | NoopStep
  | AnswerStep
  | GenerateStep
  | HandoffStep
  | WaitStep;

export interface CollectStep extends StepBase {
  readonly kind: 'collect';
  /** More than one for `collect: [a, b]`. */
  readonly slots: readonly string[];
  /** Responses that ask, one an attempt; the last repeats. */
  readonly attempts: readonly string[];
  /** Attempts before `onExhausted`; the default is 3. */
  readonly maxAttempts: number;
  readonly onExhausted?: Continuation | undefined;
  readonly askBeforeFilling: boolean;
  readonly rejections: readonly Rejection[];
  readonly optional: boolean;
  readonly default?: Expression | undefined;
  /** A slot that holds the values on offer. */
  readonly choicesFrom?: string | undefined;
  readonly eager: boolean;
  /** What may interrupt; absent = everything. */
  readonly allow?: readonly ('cancel' | 'handoff' | 'digress' | 'answer' | 'correct')[] | undefined;
  readonly forceFilling: boolean;
}

export interface ConfirmStep extends StepBase {
  readonly kind: 'confirm';
  readonly slots: readonly string[];
  readonly utter: string;
  readonly otherwise: Continuation;
}

export interface ActionStep extends StepBase {
  readonly kind: 'action';
  readonly action: string;
  readonly with: Readonly<Record<string, Expression>>;
  readonly timeoutMs?: number | undefined;
  readonly retry: number;
  readonly onError?: Continuation | undefined;
  readonly requires: readonly Requirement[];
}

export interface SayStep extends StepBase {
  readonly kind: 'say';
  readonly say:
    | { readonly kind: 'response'; readonly response: string }
    | { readonly kind: 'text'; readonly text: LocalizedText };
}

export interface SetSlotsStep extends StepBase {
  readonly kind: 'set_slots';
  /** In file order; a literal `null` clears. */
  readonly assignments: readonly { readonly slot: string; readonly value: Expression }[];
}

export interface CallStep extends StepBase {
  readonly kind: 'call';
  readonly flow: string;
  readonly with: Readonly<Record<string, Expression>>;
  /** Caller's slot ← callee's slot. */
  readonly returns: Readonly<Record<string, string>>;
}

export interface LinkStep extends StepBase {
  readonly kind: 'link';
  readonly flow: string;
}

export interface SwitchStep extends StepBase {
  readonly kind: 'switch';
  readonly on: Expression;
  readonly cases: readonly { readonly value: Json; readonly then: Target }[];
  readonly otherwise?: Target | undefined;
}

export interface NoopStep extends StepBase {
  readonly kind: 'noop';
}

export interface AnswerStep extends StepBase {
  readonly kind: 'answer';
}

export interface GenerateStep extends StepBase {
  readonly kind: 'generate';
  readonly prompt: LocalizedText;
}

export interface HandoffStep extends StepBase {
  readonly kind: 'handoff';
  readonly queue: string;
  readonly priority?: number | undefined;
}

export interface WaitStep extends StepBase {
  readonly kind: 'wait';
  readonly durationMs: number;
}

export type Next =
  /** The following step of the list, or the end of the flow (of the inline steps: back to where they were opened). */
  | { readonly kind: 'fall_through' }
  | { readonly kind: 'branch'; readonly branches: readonly Branch[] }
  | Target;

/** The last branch of a `next` list may lack `if`: it is the `else`. */
export interface Branch {
  readonly if?: Expression | undefined;
  readonly then: Target;
}

export type Target =
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'end'; readonly outcome?: string | undefined }
  | { readonly kind: 'steps'; readonly steps: readonly Step[] };

/** What must hold before an action runs: a confirmation of its inputs, or a fact such as `user.signed_in`. */
export type Requirement =
  { readonly kind: 'confirmed' } | { readonly kind: 'fact'; readonly fact: Expression };

export interface ActionDefinition {
  readonly name: string;
  /** Whether it changes something outside: run at most once per conversation and confirmed values. */
  readonly effect: boolean;
  readonly requires: readonly Requirement[];
  readonly input: Readonly<Record<string, SlotType>>;
  /** Slots and `user.*` facts it may write; absent when the author declared nothing. */
  readonly sets?: readonly string[] | undefined;
  readonly timeoutMs: number;
  /** Whether it may be repeated safely. */
  readonly idempotent: boolean;
  readonly position: Position;
}

export interface ResponseDefinition {
  readonly name: string;
  readonly variants: readonly ResponseVariant[];
  readonly position: Position;
}

export interface ResponseVariant {
  /** ICU MessageFormat by locale. */
  readonly text: LocalizedText;
  readonly condition?: Expression | undefined;
  readonly channel?: string | undefined;
  readonly buttons: readonly ButtonDefinition[] | ButtonSource;
  readonly image?: string | undefined;
  readonly links: readonly { readonly title: LocalizedText; readonly url: string }[];
  readonly metadata: JsonObject;
  readonly custom: Readonly<Record<string, Json>>;
}

export interface ButtonDefinition {
  readonly title: LocalizedText;
  readonly payload: Payload;
}

/** One button for each item of a list slot. */
export interface ButtonSource {
  readonly from: string;
  /** ICU MessageFormat over the item's fields. */
  readonly title: LocalizedText;
  /** Slot ← the item's field. */
  readonly set: Readonly<Record<string, string>>;
}
