import type { Json, JsonObject } from '../json.ts';
import type { Logger } from '../logger.ts';
import type { Locale, LocalizedText, Payload } from '../message.ts';

/** What an action may use besides its input. */
export interface ActionContext<Resources = unknown> {
  /** What the bot's `actions/setup.ts` opened. */
  readonly resources: Resources;
  readonly conversation: string;
  readonly locale: Locale;
  readonly slots: JsonObject;
  readonly user: JsonObject;
  /** The conversation's clock; epoch milliseconds. */
  readonly now: number;
  readonly logger: Logger;
  /** Aborted at the action's timeout. */
  readonly signal: AbortSignal;
  /** Same conversation, action and confirmed values: same key. Store it UNIQUE beside what the action writes. */
  readonly key: string;
  /** A golden dialogue's metadata, or the channel's facts; untrusted. */
  readonly metadata: JsonObject;
}

/** What an action did: slots and user facts to set, and what to say. All parts may be absent. */
export interface ActionResult {
  readonly set?: JsonObject;
  readonly user?: JsonObject;
  readonly say?: readonly ActionUtterance[];
}

/** A response by name (a string that begins with `utter_`), or a text as it stands; with buttons of its own. */
export type ActionUtterance =
  | string
  | { readonly response: string; readonly buttons?: readonly ActionButton[] }
  | { readonly text: LocalizedText | string; readonly buttons?: readonly ActionButton[] };

export interface ActionButton {
  readonly title: LocalizedText | string;
  readonly payload: Payload;
}

export interface ActionImplementation<
  Input extends Readonly<Record<string, Json>> = JsonObject,
  Resources = unknown,
> {
  run(
    input: Input,
    context: ActionContext<Resources>,
  ): ActionResult | undefined | Promise<ActionResult | undefined>;
  /**
   * Says what became of a call that was started and whose end nobody saw: the result when it took place, `undefined`
   * when it surely did not (it is then run). Without this function such a call goes to a person.
   */
  lookup?(
    key: string,
    context: ActionContext<Resources>,
  ): ActionResult | undefined | Promise<ActionResult | undefined>;
}

/**
 * Declares an action for the flows to run, under the name it is exported by.
 *
 * @param implementation - A function, or `{ run, lookup }` for an action with effects.
 */
export function defineAction<Input extends Readonly<Record<string, Json>> = JsonObject, Resources = unknown>(
  implementation: ActionImplementation<Input, Resources> | ActionImplementation<Input, Resources>['run'],
): ActionImplementation<Input, Resources> {
  return typeof implementation === 'function' ? { run: implementation } : implementation;
}
