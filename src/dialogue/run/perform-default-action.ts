import type { Json, JsonObject } from '../../json.ts';
import { wordsOf } from '../choices.ts';
import type { Command } from '../command.ts';
import type { DefaultAction } from '../default-actions.ts';
import type { ChoiceOption, Frame } from '../dialogue-state.ts';
import { flowName, slotLabel } from './bot.ts';
import { correctSlots } from './correct-slots.ts';
import {
  dropFrames,
  flowOptions,
  namesAs,
  resumeTask,
  startableFlows,
  suggestedFlows,
  taskFlows,
  tasks,
  taskStart,
  topTask,
} from './stack.ts';
import { sayResponse, send, stopOf, type Turn } from './turn.ts';

/** Performs one of the engine's own actions; `false` when the dialogue waits. */
export function performDefaultAction(turn: Turn, frame: Frame, action: DefaultAction): boolean {
  if (action === 'action_listen') {
    turn.question = { kind: 'listen', flow: frame.flow, step: frame.snapshot.value };
    return false;
  }
  if (action === 'action_trigger_search' || action === 'action_free_reply') return write(turn, frame, action);
  const learned = perform[action](turn, frame);
  finishDefaultAction(turn, frame, learned);
  return true;
}

/** Tells the pattern what its action found out (`context.*`), and lets it go on. */
export function finishDefaultAction(turn: Turn, frame: Frame, learned: JsonObject): void {
  const place = turn.stack.lastIndexOf(frame);
  if (place < 0) return;
  turn.stack[place] = { ...frame, params: { ...frame.params, ...learned } };
  send(turn, place, 'DONE');
}

/** Has an answer or a free reply written; the pattern learns from the outcome whether there was one. */
function write(turn: Turn, frame: Frame, action: 'action_trigger_search' | 'action_free_reply'): false {
  const asked = frame.params['question'];
  const question = typeof asked === 'string' ? asked : turn.heard;
  turn.awaited = { kind: 'generate', flow: frame.flow, step: frame.snapshot.value };
  turn.effects.push(
    action === 'action_free_reply'
      ? { kind: 'generate', purpose: 'reply', question }
      : { kind: 'generate', purpose: 'answer', question, articles: texts(frame.params['articles']) },
  );
  return false;
}

type Immediate = Exclude<DefaultAction, 'action_listen' | 'action_trigger_search' | 'action_free_reply'>;

const perform: Readonly<Record<Immediate, (turn: Turn, frame: Frame) => JsonObject>> = {
  action_cancel_flow: cancelFlow,
  action_correct_flow_slot: (turn, frame) => {
    correctSlots(turn, objectOf(frame.params['corrected_slots']));
    return {};
  },
  action_clarify_flows: (turn, frame) => {
    const told = objectOf(frame.params['told']) as unknown as Readonly<Record<string, readonly Command[]>>;
    turn.options = flowOptions(turn, texts(frame.params['flows']), told);
    return {};
  },
  action_suggest_flows: (turn, frame) => {
    const near = texts(frame.params['near']).filter((flow) => startableFlows(turn).includes(flow));
    const flows = [...new Set([...near, ...suggestedFlows(turn)])];
    turn.options = flowOptions(turn, flows.slice(0, maxSuggestions));
    return { suggested: turn.options.length };
  },
  action_continue_interrupted: (turn) => {
    const starts = tasks(turn);
    const names = taskFlows(turn, starts).map((flow) => flowName(flow, turn.locale));
    turn.options = starts.map((start, at): ChoiceOption => ({
      label: { '*': names[at] ?? '' },
      command: { kind: 'resume', flow: turn.stack[start]?.flow },
    }));
    return {};
  },
  action_repeat_bot_messages: (turn) => {
    turn.effects.push(...turn.before.said);
    // What was asked is asked again by itself.
    return { repeated: turn.before.said.length, waiting: turn.stack.length > 1 };
  },
  action_skip_question: skipQuestion,
  action_explain: explain,
  action_chitchat: (turn, frame) => {
    const response = `utter_${wordsOf(frame.params['intent'] ?? '')}`;
    const known = response in turn.bot.program.responses;
    if (known) sayResponse(turn, response);
    return { answered: known };
  },
  action_restart: (turn, frame) => {
    dropAll(turn, frame);
    turn.memory = {};
    return {};
  },
  action_hangup: dropAll,
  action_session_start: () => ({}),
  action_clean_stack: dropAll,
  action_cancel_interrupted_flows: dropAll,
  action_continue_interrupted_flow: continueNamed,
};

const maxSuggestions = 4;

function cancelFlow(turn: Turn): JsonObject {
  const place = topTask(turn);
  if (place < 0) return {};
  const start = taskStart(turn, place);
  for (const frame of turn.stack.slice(start, place + 1).reverse()) {
    turn.events.push({ kind: 'flow_cancelled', flow: frame.flow, step: frame.snapshot.value });
  }
  dropFrames(turn, start, place + 1 - start);
  turn.confirmed = null;
  return {};
}

/** Gives up all that is going on. */
function dropAll(turn: Turn, frame: Frame): JsonObject {
  const below = turn.stack.lastIndexOf(frame);
  for (const each of turn.stack.slice(0, below).reverse())
    turn.events.push({ kind: 'flow_cancelled', flow: each.flow, step: each.snapshot.value });
  dropFrames(turn, 0, below);
  turn.deferred = [];
  turn.confirmed = null;
  return {};
}

/** Brings the task that the person named to the top of those that wait; without a name the latest goes on. */
function continueNamed(turn: Turn): JsonObject {
  const said = wordsOf(turn.slots['interrupted_flow_to_continue'] ?? '').toLowerCase();
  const named = taskFlows(turn, tasks(turn)).find((flow) =>
    [flow.id, flowName(flow, turn.locale)].some((name) => said.includes(name.toLowerCase())),
  );
  const pattern = turn.stack.pop();
  if (named) resumeTask(turn, named.id);
  if (pattern) turn.stack.push(pattern);
  return {};
}

/** Leaves the question out; one that cannot be left out is spoken for in the author's own words, where there are any. */
function skipQuestion(turn: Turn): JsonObject {
  const place = topTask(turn);
  const frame = turn.stack[place];
  const stop = frame && stopOf(turn, frame);
  if (stop?.kind !== 'collect' || !(stop.step.optional || stop.step.default)) {
    return { skipped: false, told: sayOfAsked(turn, place, 'utter_cannot_skip') };
  }
  send(turn, place, 'SKIP');
  return { skipped: true };
}

/** Why the bot asks: the author's own words for the slot, else its name and the task's. */
function explain(turn: Turn): JsonObject {
  const place = topTask(turn);
  const slot = slotAsked(turn, place);
  if (slot === undefined) return { explained: false };
  const names = namesAs(turn, taskFlows(turn, [taskStart(turn, place)]), ([name = '']) => ({
    flow_name: name,
  }));
  return {
    explained: sayOfAsked(turn, place, 'utter_explain'),
    slot_name: slotLabel(turn.bot, slot, turn.locale),
    ...names,
  };
}

/** Says `<response>_<slot>` of the slot that is asked for; `false` when the author wrote none. */
function sayOfAsked(turn: Turn, place: number, response: string): boolean {
  const name = `${response}_${slotAsked(turn, place) ?? ''}`;
  if (!(name in turn.bot.program.responses)) return false;
  sayResponse(turn, name);
  return true;
}

/** The first empty slot of the question at which a task stands. */
function slotAsked(turn: Turn, place: number): string | undefined {
  const frame = turn.stack[place];
  const stop = frame && stopOf(turn, frame);
  if (stop?.kind !== 'collect') return undefined;
  return stop.step.slots.find((slot) => (turn.slots[slot] ?? null) === null);
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
