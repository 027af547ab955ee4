import type { Json, JsonObject } from '../../json.ts';
import { isSameJson } from '../same-json.ts';
import type { Command } from '../command.ts';
import { beginCorrection } from './begin-correction.ts';
import { reconsider } from './correct-slots.ts';
import { endFrame } from './end-frame.ts';
import { fillSlot, refused } from './fill-slot.ts';
import { narrowChoice } from './narrow-choice.ts';
import { answerOffer } from './offer-carried.ts';
import { byTask, inOrder, withImpliedYes } from './order-commands.ts';
import { ownedByTask } from './owned-slots.ts';
import {
  dropFrames,
  flowOf,
  interruptTask,
  isClosed,
  isTask,
  placeOf,
  namesAs,
  pushFlow,
  pushPattern,
  raiseTask,
  resumeTask,
  taskStart,
  topTask,
} from './stack.ts';
import { timerFired } from './silence.ts';
import { send, stopOf, topFrame, type Turn } from './turn.ts';

/** More tasks than these in one message are not kept waiting. */
const maxDeferred = 3;

/**
 * Does what commands ask, as far as the machine allows it.
 *
 * Of several tasks in one message the first is begun; the others wait, each with the commands that followed it.
 */
export function applyCommands(turn: Turn, commands: readonly Command[]): void {
  const [now = [], ...later] = byTask(turn, withImpliedYes(turn, commands));
  turn.deferred = [...turn.deferred, ...later].slice(0, maxDeferred);
  const corrections: Record<string, Json> = {};
  const open = turn.slots;
  let heard = false;
  const isCancelled = now.some(({ kind }) => kind === 'cancel');
  const first = now.findIndex(({ kind }) => kind === 'start_flow');
  // "12 to 15 July. Is breakfast included?": the answer belongs to the task that asked.
  const answers = now.slice(0, Math.max(0, first)).filter((command) => isAnswer(turn, command));
  const rest = inOrder(now.filter((command) => !answers.includes(command)));
  for (const command of [...answers, ...rest]) {
    // "No, forget it": what a no leads to is given up with the rest.
    if (command.kind === 'deny' && isCancelled) continue;
    dropEnded(turn);
    heard = apply(turn, command, corrections) || heard;
  }
  if (!turn.begun) reconsider(turn, toldBesideTheQuestion(turn, open));
  if (Object.keys(corrections).length > 0) beginCorrection(turn, corrections);
  else if (!heard && commands.length > 0) cannotHandle(turn, 'invalid_input');
}

/** Slots that the message filled and the question did not ask for. */
function toldBesideTheQuestion({ before, slots }: Turn, open: JsonObject): ReadonlySet<string> {
  const asked = before.question?.kind === 'collect' ? before.question.slots : [];
  const filled = Object.keys(slots).filter(
    (slot) => (open[slot] ?? null) === null && (slots[slot] ?? null) !== null,
  );
  return new Set(filled.filter((slot) => !asked.includes(slot)));
}

function isAnswer(turn: Turn, command: Command): boolean {
  return command.kind === 'set_slot' && ownedByTask(turn, command.slot);
}

/** A task that was over as soon as it began is no task to come back to. */
function dropEnded(turn: Turn): void {
  const top = topFrame(turn);
  const stop = top && stopOf(turn, top);
  if (stop?.kind === 'end') endFrame(turn, stop);
}

/** @returns Whether the command had an effect. */
function apply(turn: Turn, command: Command, corrections: Record<string, Json>): boolean {
  switch (command.kind) {
    case 'start_flow':
      return startFlow(turn, command.flow) && applyTold(turn, command.flow, corrections);
    case 'set_slot':
    case 'correct_slot':
      return giveValue(turn, command.slot, command.value, corrections);
    case 'narrow_choice':
      return narrowChoice(turn, command);
    case 'affirm':
      return Object.keys(corrections).length > 0 || answer(turn, true);
    case 'deny':
      return Object.keys(corrections).length > 0 || answer(turn, false);
    case 'choose':
      return choose(turn, command.option, corrections);
    case 'cancel':
      return cancel(turn, command.flow);
    case 'resume':
      return resumeTask(turn, command.flow);
    case 'repeat':
      return pushPattern(turn, 'pattern_repeat_bot_messages');
    case 'skip':
      return pushPattern(turn, 'pattern_skip_question');
    case 'explain':
      return pushPattern(turn, 'pattern_explain');
    case 'answer':
      return mayInterrupt(turn, 'answer')
        ? pushPattern(turn, 'pattern_search', { question: command.question, articles: command.articles })
        : cannotHandle(turn, 'not_allowed');
    case 'chitchat':
      return pushPattern(turn, 'pattern_chitchat', { intent: command.intent });
    case 'clarify':
      return clarify(turn, command);
    case 'handoff':
      return pushPattern(turn, 'pattern_human_handoff');
    case 'restart':
      return pushPattern(turn, 'pattern_restart');
    case 'silence':
      return timerFired(turn, command.timer);
    case 'cannot_handle':
      return cannotHandle(turn, command.reason, command.near);
    default:
      return command satisfies never;
  }
}

function startFlow(turn: Turn, id: string): boolean {
  const flow = turn.bot.program.flows[id];
  if (!flow || flow.pattern || isClosed(flow) || !mayInterrupt(turn, 'digress'))
    return cannotHandle(turn, 'not_allowed');
  const waiting = placeOf(turn, id);
  if (waiting >= 0) return resumeTask(turn, id) || waiting >= taskStart(turn, topTask(turn));
  interruptTask(turn);
  pushFlow(turn, id, 'person');
  turn.begun = true;
  return true;
}

/** The task that was meant among several knows what the message before had told it. */
function applyTold(turn: Turn, flow: string, corrections: Record<string, Json>): true {
  const told = turn.before.options.flatMap((option) =>
    option.command.kind === 'start_flow' && option.command.flow === flow ? (option.told ?? []) : [],
  );
  for (const command of told) apply(turn, command, corrections);
  return true;
}

/** A value for a slot of the running task that already has another one is a correction; corrections come together. */
function giveValue(turn: Turn, slot: string, value: Json, corrections: Record<string, Json>): boolean {
  const now = turn.slots[slot] ?? null;
  if (now === null || turn.begun || !ownedByTask(turn, slot))
    return fillSlot(turn, slot, value) !== 'forbidden';
  if (isSameJson(now, value)) return true;
  if (!mayInterrupt(turn, 'correct')) return cannotHandle(turn, 'not_allowed');
  corrections[slot] = value;
  return true;
}

/** A yes or a no to what was asked: a confirmation, or a question of yes and no. */
function answer(turn: Turn, yes: boolean): boolean {
  const frame = topFrame(turn);
  const stop = frame && stopOf(turn, frame);
  const [option, ...others] = turn.before.options;
  if (yes && option && others.length === 0) return apply(turn, option.command, {});
  if (!frame || !stop) return false;
  if (stop.kind === 'confirm') {
    confirm(turn, stop.step.slots, yes);
    return true;
  }
  if (stop.kind !== 'collect') return false;
  if (answerOffer(turn, yes)) return true;
  const slot = stop.step.slots.find((each) => (turn.slots[each] ?? null) === null);
  if (slot === undefined || turn.bot.program.slots[slot]?.type !== 'boolean') return false;
  return fillSlot(turn, slot, yes) !== 'forbidden';
}

/** A yes is good for the values that were shown; if one has changed since, they are shown again. */
function confirm(turn: Turn, slots: readonly string[], yes: boolean): void {
  const place = turn.stack.length - 1;
  if (!yes) {
    send(turn, place, 'NO');
    return;
  }
  const values = Object.fromEntries(slots.map((slot): [string, Json] => [slot, turn.slots[slot] ?? null]));
  const shown = turn.before.question;
  if (shown?.kind !== 'confirm' || !isSameJson(shown.values, values)) return;
  turn.confirmed = values;
  turn.events.push({ kind: 'confirmed', values });
  send(turn, place, 'YES');
}

function choose(turn: Turn, option: number, corrections: Record<string, Json>): boolean {
  const chosen = turn.before.options[option];
  return chosen ? apply(turn, chosen.command, corrections) : false;
}

function cancel(turn: Turn, id: string | undefined): boolean {
  const asking = topFrame(turn);
  if (id === undefined && asking && !isTask(turn, asking)) {
    dropFrames(turn, topTask(turn) + 1);
    return turn.stack.length > 0 || pushPattern(turn, 'pattern_nothing_to_cancel');
  }
  const place = id === undefined ? topTask(turn) : placeOf(turn, id);
  const frame = turn.stack[place];
  if (!frame) return pushPattern(turn, 'pattern_nothing_to_cancel');
  if (!mayInterrupt(turn, 'cancel')) return cannotHandle(turn, 'not_allowed');
  if (id !== undefined) raiseTask(turn, place);
  const start = taskStart(turn, topTask(turn));
  const flow = flowOf(turn, turn.stack[start]);
  const acted = turn.stack.slice(start).some(({ snapshot }) => snapshot.context.acted);
  // Of several tasks begun in one message, what is given up is all of them; what this message adds is not.
  turn.deferred = turn.deferred.filter((commands) => !turn.before.deferred.includes(commands));
  const names = namesAs(turn, flow ? [flow] : [], ([name = '']) => ({ canceled_name: name }));
  return pushPattern(turn, 'pattern_cancel_flow', { ...names, acted });
}

function clarify(turn: Turn, { flows, told = {} }: Extract<Command, { kind: 'clarify' }>): boolean {
  const known = flows.flatMap((id) => turn.bot.program.flows[id] ?? []);
  if (known.length === 0) return cannotHandle(turn, 'invalid_input');
  const names = namesAs(turn, known, (told) => ({ names: told, clarification_options: told.join(', ') }));
  const only = known.length === 1;
  return pushPattern(turn, 'pattern_clarification', { flows, only, told: told as unknown as Json, ...names });
}

/** Says that this was not understood, on a ladder that ends with a person; counts against the question at hand. */
export function cannotHandle(
  turn: Turn,
  reason: Extract<Command, { kind: 'cannot_handle' }>['reason'],
  near: readonly string[] = [],
): true {
  const failed = reason === 'out_of_scope' || reason === 'invalid_input' || reason === 'generator_failed';
  const place = turn.stack.length - 1;
  const frame = turn.stack[place];
  const stop = frame && stopOf(turn, frame);
  const asked = stop?.kind === 'collect' || stop?.kind === 'confirm';
  if (failed) turn.misses += 1;
  if ((failed || reason === 'which') && frame && asked) refused(turn);
  return pushPattern(turn, 'pattern_cannot_handle', {
    reason: `cannot_handle_${reason}`,
    misses: turn.misses,
    asked,
    near,
  });
}

/** What the question at hand lets interrupt it; a person can be reached from every one. */
function mayInterrupt(turn: Turn, what: 'cancel' | 'digress' | 'answer' | 'correct'): boolean {
  const frame = topFrame(turn);
  const stop = frame && stopOf(turn, frame);
  return stop?.kind !== 'collect' || !stop.step.allow || stop.step.allow.includes(what);
}
