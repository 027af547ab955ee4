import { isDeepStrictEqual } from 'node:util';
import { RE2JS } from 're2js';
import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import type { Json } from '../json.ts';
import type { Message } from '../message.ts';
import { describeExpectation } from './describe-expectation.ts';
import type { Expectation } from './golden-dialogue.ts';
import type { TestTurn } from './test-session.ts';

export interface Failure {
  readonly expectation: Expectation;
  /** Both in one line. */
  readonly message: string;
  /** What was to happen, and what happened in its place. */
  readonly expected: string;
  readonly actual: string;
}

/**
 * Holds a turn's expectations against what happened.
 *
 * What the bot says is matched in order, each message once, others in between allowed; events anywhere in the turn,
 * unless `ordered`.
 */
export function checkExpectations(
  expectations: readonly Expectation[],
  seen: TestTurn,
  ordered: boolean,
): readonly Failure[] {
  const failures: Failure[] = [];
  let messagesUsed = 0;
  let eventsUsed = 0;
  for (const expectation of expectations) {
    if (expectation.kind === 'bot_text' || expectation.kind === 'bot_uttered') {
      const at = seen.messages.findIndex(
        (message, index) => index >= messagesUsed && saysIt(expectation, message),
      );
      if (at < 0) failures.push(failure(expectation, `the bot said: ${said(seen.messages)}`));
      else messagesUsed = at + 1;
      continue;
    }
    const { found, at } = happened(expectation, seen, ordered ? eventsUsed : 0);
    if (!found) failures.push(failure(expectation, instead(expectation, seen)));
    else if (ordered && at !== undefined) eventsUsed = at + 1;
  }
  return failures;
}

function failure(expectation: Expectation, actual: string): Failure {
  const expected = describeExpectation(expectation);
  return { expectation, expected, actual, message: `${expected}, but ${actual}` };
}

type Saying = Extract<Expectation, { readonly kind: 'bot_text' | 'bot_uttered' | 'bot_not_uttered' }>;

function saysIt(expectation: Saying, message: Message): boolean {
  if (expectation.kind === 'bot_text') return normalise(message.text) === normalise(expectation.text);
  const { response, pattern, buttons } = expectation;
  const titles = message.buttons?.map((button) => button.title) ?? [];
  return (
    (response === undefined || message.source === response) &&
    (pattern === undefined || RE2JS.compile(pattern).matcher(message.text).find()) &&
    (buttons === undefined || buttons.every((title) => titles.includes(title)))
  );
}

function happened(
  expectation: Exclude<Expectation, { kind: 'bot_text' | 'bot_uttered' }>,
  seen: TestTurn,
  from: number,
): { readonly found: boolean; readonly at?: number } {
  const event = (matches: (event: TrackerEvent) => boolean): { found: boolean; at: number } => {
    const at = seen.events.findIndex((candidate, index) => index >= from && matches(candidate));
    return { found: at >= 0, at };
  };
  switch (expectation.kind) {
    case 'bot_silent':
      return { found: seen.messages.length === 0 };
    case 'bot_not_uttered':
      return { found: !seen.messages.some((message) => saysIt(expectation, message)) };
    case 'slot_set':
      return event(
        (e) =>
          e.kind === 'slot_set' &&
          e.slot === expectation.slot &&
          (expectation.value === undefined || same(e.value, expectation.value)),
      );
    case 'slot_not_set':
      return { found: wasNotSet(expectation.slot, expectation.value, seen.events) };
    case 'flow_started':
    case 'flow_completed':
    case 'flow_cancelled':
      return event((e) => e.kind === expectation.kind && e.flow === expectation.flow);
    case 'action_executed':
      return event((e) => isCall(e, expectation));
    case 'action_not_executed':
      return { found: !seen.events.some((e) => isCall(e, expectation)) };
    case 'handed_off':
      return event(
        (e) => e.kind === 'handed_off' && (expectation.queue === undefined || e.queue === expectation.queue),
      );
    case 'clarification':
      return {
        found: seen.messages.some((m) =>
          expectation.names.every((name) => asked(m).includes(name.toLowerCase())),
        ),
      };
    case 'not_logged':
      return { found: !seen.logged.includes(expectation.text) };
    case 'not_sent_to_llm':
      return { found: !seen.sentToLlm.includes(expectation.text) };
    default:
      return expectation satisfies never;
  }
}

function isCall(
  event: TrackerEvent,
  { action, input }: { readonly action: string; readonly input?: Readonly<Record<string, Json>> | undefined },
): boolean {
  return (
    event.kind === 'action_started' &&
    event.action === action &&
    Object.entries(input ?? {}).every(([key, value]) => same(event.input[key] ?? null, value))
  );
}

/** By name: the turn's last event for the slot, if any, is null. By value: no event of the turn set it to that. */
function wasNotSet(slot: string, value: Json | undefined, events: readonly TrackerEvent[]): boolean {
  const sets = events.filter((event) => event.kind === 'slot_set').filter((event) => event.slot === slot);
  if (value !== undefined) return sets.every((event) => !same(event.value, value));
  return (sets.at(-1)?.value ?? null) === null;
}

/** Numbers in quotes count as the number, as in CALM's tests. */
function same(left: Json, right: Json): boolean {
  if (isDeepStrictEqual(left, right)) return true;
  return typeof left !== 'object' && typeof right !== 'object' && String(left) === String(right);
}

function asked(message: Message): string {
  return [message.text, ...(message.buttons ?? []).map((button) => button.title)].join('\n').toLowerCase();
}

function said(messages: readonly Message[]): string {
  if (messages.length === 0) return 'nothing';
  return messages.map((message) => `${message.source ?? 'text'} "${message.text}"`).join(' · ');
}

function instead(expectation: Expectation, seen: TestTurn): string {
  switch (expectation.kind) {
    case 'slot_set':
    case 'slot_not_set': {
      const sets = seen.events.filter((event) => event.kind === 'slot_set');
      return sets.length === 0
        ? 'no slot was set'
        : `slots were set: ${sets.map((e) => `${e.slot}=${JSON.stringify(e.value)}`).join(', ')}`;
    }
    case 'flow_started':
    case 'flow_completed':
    case 'flow_cancelled': {
      const flows = seen.events.filter((e) => 'flow' in e && e.kind !== 'state_entered');
      return flows.length === 0
        ? 'no flow started or ended'
        : `flows: ${flows.map((e) => `${e.kind} ${'flow' in e ? e.flow : ''}`).join(', ')}`;
    }
    case 'action_executed':
    case 'action_not_executed': {
      const runs = seen.events.filter((event) => event.kind === 'action_started');
      return runs.length === 0
        ? 'no action ran'
        : `actions ran: ${runs.map((e) => `${e.action}(${JSON.stringify(e.input)})`).join(', ')}`;
    }
    default:
      return `the bot said: ${said(seen.messages)}`;
  }
}

function normalise(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
