import type { Json, JsonObject } from '../../json.ts';
import type { Locale } from '../../message.ts';
import type { Command } from '../command.ts';
import type { Stop } from '../compiled-flow.ts';
import type { Advance } from '../dialogue.ts';
import type { Awaited, ChoiceOption, Frame, FrameMemory, Question, RunState } from '../dialogue-state.ts';
import type { Effect, SayEffect } from '../effect.ts';
import type { ExpressionScope } from '../evaluate-expression.ts';
import { isSameJson } from '../same-json.ts';
import type { TrackerEvent } from '../tracker-event.ts';
import type { Bot } from './bot.ts';
import type { Silence } from '../dialogue-state.ts';
import type { FlowMachine, FlowRun } from './flow-machine.ts';
import { placeholders, respond } from './utterance.ts';

/** A conversation's state while one `advance` runs: a draft changed in place, and what came of it so far. */
export interface Turn {
  readonly bot: Bot;
  readonly now: number;
  readonly conversation: string;
  /** What the state holds beside what is drafted here. */
  readonly before: RunState;
  locale: Locale;
  slots: JsonObject;
  user: JsonObject;
  page: JsonObject;
  owner: 'bot' | 'person';
  stack: Frame[];
  question: Question | null;
  options: readonly ChoiceOption[];
  confirmed: JsonObject | null;
  awaited: Awaited | null;
  deferred: readonly (readonly Command[])[];
  misses: number;
  heard: string;
  memory: JsonObject;
  lastFlow: string | null;
  silence: Silence | undefined;
  /** Whether the task on top was begun in this turn: values that come with it are not corrections. */
  begun: boolean;
  /** The outcome of the flow that ended last in this turn. */
  ended: { readonly outcome: string | undefined; readonly announced: boolean } | null;
  effects: Effect[];
  events: TrackerEvent[];
  /** The frame that ran last, and the slots it came to rest with: running it again would change nothing. */
  rested: { readonly frame: Frame; readonly slots: JsonObject } | null;
}

export function openTurn(bot: Bot, state: RunState, now: number): Turn {
  return {
    bot,
    now,
    conversation: state.conversation,
    before: state,
    locale: state.locale,
    slots: state.slots,
    user: state.user,
    page: state.page,
    owner: state.owner,
    stack: [...state.stack],
    question: state.question,
    options: state.options,
    confirmed: state.confirmed,
    awaited: state.awaited,
    deferred: state.deferred,
    misses: state.misses,
    heard: state.heard,
    memory: state.memory,
    lastFlow: state.lastFlow,
    silence: state.silence,
    begun: false,
    ended: null,
    effects: [],
    events: [],
    rested: null,
  };
}

export function closeTurn(turn: Turn): Advance {
  const waits = waitsFor(turn);
  const said = turn.effects.flatMap((effect): SayEffect[] => (effect.kind === 'say' ? [effect] : []));
  const state: RunState = {
    conversation: turn.conversation,
    locale: turn.locale,
    slots: turn.slots,
    user: turn.user,
    page: turn.page,
    owner: turn.owner,
    stack: turn.stack,
    question: turn.question,
    options: turn.options,
    confirmed: turn.confirmed,
    awaited: turn.awaited,
    deferred: turn.deferred,
    misses: turn.misses,
    said: said.length > 0 || waits === 'person' ? said : turn.before.said,
    heard: turn.heard,
    memory: turn.memory,
    lastFlow: turn.lastFlow,
    silence: turn.silence,
  };
  return { state, effects: turn.effects, events: turn.events, waitsFor: waits };
}

export function waitsFor(turn: Turn): Advance['waitsFor'] {
  if (turn.awaited) return 'outcome';
  return turn.question && turn.owner === 'bot' ? 'person' : 'nothing';
}

export function topFrame(turn: Turn): Frame | undefined {
  return turn.stack.at(-1);
}

export function scopeOf(turn: Turn, frame: Frame | undefined): ExpressionScope {
  return {
    slots: turn.slots,
    user: turn.user,
    context: frame ? { ...turn.page, ...frame.params } : turn.page,
    now: turn.now,
    timeZone: turn.bot.timeZone,
  };
}

export function machineOf(turn: Turn, frame: Frame): FlowMachine | undefined {
  return turn.bot.forFrame(frame).machine(frame.flow);
}

/** Where a frame's machine rests. */
export function stopOf(turn: Turn, frame: Frame): Stop | undefined {
  return machineOf(turn, frame)?.flow.stops.get(frame.snapshot.value);
}

/** Sends an event to the frame at a place of the stack; the frame rests somewhere else afterwards, or where it was. */
export function send(turn: Turn, place: number, event: string): void {
  const frame = turn.stack[place];
  const machine = frame && machineOf(turn, frame);
  if (frame && machine) settle(turn, place, machine.send(frame.snapshot, event, scopeOf(turn, frame)));
}

/** Takes over what a machine's run did. */
export function settle(turn: Turn, place: number, run: FlowRun): void {
  const frame = turn.stack[place];
  if (!frame) return;
  const rested = { ...frame, snapshot: run.snapshot };
  turn.stack[place] = rested;
  turn.slots = run.slots;
  turn.rested = { frame: rested, slots: run.slots };
  for (const output of run.outputs) {
    if (output.kind === 'say') turn.effects.push(output);
    else turn.events.push(output);
  }
  voidConfirmation(turn);
}

export function setSlot(turn: Turn, slot: string, value: Json): void {
  if (isSameJson(turn.slots[slot] ?? null, value)) return;
  turn.slots = { ...turn.slots, [slot]: value };
  turn.events.push({ kind: 'slot_set', slot, value });
  voidConfirmation(turn);
}

/** A yes is good only for the values that were shown. */
function voidConfirmation(turn: Turn): void {
  const { confirmed } = turn;
  if (
    !confirmed ||
    Object.keys(confirmed).every((slot) => isSameJson(turn.slots[slot] ?? null, confirmed[slot]))
  )
    return;
  turn.events.push({ kind: 'confirmation_voided', values: confirmed });
  turn.confirmed = null;
}

/** Says a response with what the frame on top may read. */
export function sayResponse(turn: Turn, response: string, extra: JsonObject = {}): void {
  const scope = scopeOf(turn, topFrame(turn));
  const spoken = respond(voiceFor(turn, response), response, {
    ...scope,
    context: { ...scope.context, ...extra },
  });
  turn.effects.push(spoken);
}

/** The bot's own words, or those of the older one that the flow on top was begun on. */
function voiceFor(turn: Turn, response: string): Bot {
  const top = topFrame(turn);
  return top && !(response in turn.bot.program.responses) ? turn.bot.forFrame(top) : turn.bot;
}

export function valuesOf(turn: Turn, frame: Frame | undefined): JsonObject {
  return placeholders(scopeOf(turn, frame));
}

/** A frame whose machine remembers something more. */
export function withMemory(frame: Frame, changes: Partial<FrameMemory>): Frame {
  const { snapshot } = frame;
  return { ...frame, snapshot: { ...snapshot, context: { ...snapshot.context, ...changes } } };
}
