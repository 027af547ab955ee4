import type { Json } from '../../json.ts';
import type { InboundMessage } from '../../message.ts';
import type { Advance, AdvanceInput } from '../dialogue.ts';
import type { RunState } from '../dialogue-state.ts';
import type { ButtonDefinition } from '../program.ts';
import type { Payload } from '../../message.ts';
import { applyCommands } from './apply-commands.ts';
import { applyOutcome } from './apply-outcome.ts';
import type { Bot } from './bot.ts';
import { endFrame } from './end-frame.ts';
import { takeBack } from './hand-over.ts';
import { proceed } from './proceed.ts';
import { pushFlow } from './stack.ts';
import { awaitSpeech, breakSilence } from './silence.ts';
import {
  closeTurn,
  openTurn,
  sayResponse,
  send,
  setSlot,
  stopOf,
  topFrame,
  type Turn,
  waitsFor,
} from './turn.ts';
import { updateFrames } from './update-frames.ts';

/** Longest question kept for the steps that answer it, in UTF-16 code units. */
const maxHeardLength = 2_000;

/** Runs a conversation from one wait to the next: the dialogue's half of a turn. Pure. */
export function advance(bot: Bot, state: RunState, input: AdvanceInput, now: number): Advance {
  const turn = openTurn(bot, state, now);
  try {
    take(turn, input);
  } catch (fault) {
    return giveUp(openTurn(bot, state, now), fault);
  }
  return close(turn);
}

function take(turn: Turn, input: AdvanceInput): void {
  updateFrames(turn);
  if (input.kind === 'outcome') {
    if (applyOutcome(turn, input.outcome)) resumeRun(turn);
    return;
  }
  hear(turn, input);
  if (turn.owner === 'person') {
    if (!isRelease(input)) return;
    takeBack(turn);
    turn.events.push({
      kind: 'released',
      by: input.message.content.kind === 'released' ? input.message.content.by : 'customer',
    });
  } else {
    // A timer is no answer: whoever listens goes on listening.
    if (input.message.content.kind !== 'timer') stopListening(turn);
    if (input.message.content.kind === 'opened') open(turn);
    applyCommands(turn, input.commands);
    if (turn.misses === turn.before.misses) turn.misses = 0;
  }
  resumeRun(turn);
  if (isUnanswered(turn, input)) sayResponse(turn, 'utter_value_noted');
}

/** A value that came while nothing was going on is kept; whoever gave it is told so. */
function isUnanswered(
  turn: Turn,
  { message, commands }: Extract<AdvanceInput, { kind: 'commands' }>,
): boolean {
  const isSpoken = message.content.kind === 'text' || message.content.kind === 'payload';
  const hasMoved = turn.events.some((event) => event.kind !== 'slot_set' && !isPatternsEnd(event));
  return isSpoken && commands.length > 0 && !hasMoved && turn.effects.length === 0 && turn.owner === 'bot';
}

/** Whoever has listened for an answer stops when something else is said; nothing has come of that. */
function isPatternsEnd(event: Turn['events'][number]): boolean {
  return event.kind === 'flow_completed' && event.flow.startsWith('pattern_');
}

function resumeRun(turn: Turn): void {
  turn.question = null;
  proceed(turn);
}

/** Takes in what comes with a message beside its meaning. */
function hear(turn: Turn, { message, locale }: Extract<AdvanceInput, { kind: 'commands' }>): void {
  turn.locale = locale;
  const isSpoken = message.content.kind !== 'timer';
  if (isSpoken) breakSilence(turn);
  if (message.context) turn.page = message.context;
  for (const [fact, value] of Object.entries(message.user ?? {})) {
    turn.user = { ...turn.user, [fact]: value };
    turn.events.push({ kind: 'user_fact_set', fact, value });
  }
  turn.heard = textOf(message)?.slice(0, maxHeardLength) ?? turn.heard;
  if (isSpoken) turn.options = [];
  turn.awaited = null;
  for (const slot of turn.bot.turnSlots)
    setSlot(turn, slot, turn.bot.program.slots[slot]?.initialValue ?? (null satisfies Json));
}

function textOf({ content }: InboundMessage): string | undefined {
  return content.kind === 'text' ? content.text : undefined;
}

function isRelease({ commands, message }: Extract<AdvanceInput, { kind: 'commands' }>): boolean {
  return message.content.kind === 'released' || commands.some(({ kind }) => kind === 'resume');
}

/** A pattern that listens has heard; what it does afterwards comes after what was asked for now. */
function stopListening(turn: Turn): void {
  for (let frame = topFrame(turn); frame; frame = topFrame(turn)) {
    const stop = stopOf(turn, frame);
    if (stop?.kind === 'default_action' && stop.action === 'action_listen')
      send(turn, turn.stack.length - 1, 'DONE');
    else if (stop?.kind === 'end' && frame.flow.startsWith('pattern_')) endFrame(turn, stop);
    else return;
  }
}

/** Greets a person who has opened the conversation; one who comes back is asked the open question again. */
function open(turn: Turn): void {
  if (turn.stack.length === 0) pushFlow(turn, 'pattern_session_start', 'engine');
}

/** Drops what was active, says so, and goes on from nothing: a fault of the bot's never locks a person in. */
function giveUp(turn: Turn, fault: unknown): Advance {
  turn.events.push({
    kind: 'dialogue_failed',
    message: fault instanceof Error ? fault.message : String(fault),
  });
  for (const frame of turn.stack.reverse()) turn.events.push({ kind: 'flow_cancelled', flow: frame.flow });
  turn.stack = [];
  turn.question = null;
  turn.awaited = null;
  turn.deferred = [];
  turn.confirmed = null;
  turn.options = [];
  pushFlow(turn, 'pattern_internal_error', 'engine');
  proceed(turn);
  return close(turn);
}

function close(turn: Turn): Advance {
  offerOptions(turn);
  const waits = waitsFor(turn);
  if (waits !== 'outcome') awaitSpeech(turn, waits === 'person');
  const { ended } = turn;
  if (ended && turn.stack.length === 0) turn.effects.push({ kind: 'end', outcome: ended.outcome });
  return closeTurn(turn);
}

/** What may be chosen becomes buttons under the last thing said. */
function offerOptions(turn: Turn): void {
  const place = turn.effects.findLastIndex(({ kind }) => kind === 'say' || kind === 'ask');
  const last = turn.effects[place];
  if (turn.options.length === 0 || (last?.kind !== 'say' && last?.kind !== 'ask')) return;
  const buttons = turn.options.flatMap(({ label, command }): ButtonDefinition[] => {
    const payload = payloadOf(command);
    return payload ? [{ title: label, payload }] : [];
  });
  turn.effects[place] = { ...last, utterance: { ...last.utterance, buttons } };
}

function payloadOf(command: RunState['options'][number]['command']): Payload | undefined {
  if (command.kind === 'start_flow') return { kind: 'start_flow', flow: command.flow };
  if (command.kind === 'resume' && command.flow !== undefined)
    return { kind: 'start_flow', flow: command.flow };
  return undefined;
}
