import type { Json, JsonObject } from '../../json.ts';
import type { Locale } from '../../message.ts';
import type { Command } from '../command.ts';
import type { ChoiceOption, Frame } from '../dialogue-state.ts';
import type { FlowDefinition } from '../program.ts';
import { freshMemory } from '../dialogue-state.ts';
import { allSteps } from '../walk-steps.ts';
import { scopeOf, setSlot, settle, topFrame, type Turn } from './turn.ts';
import { type Bot, flowName } from './bot.ts';
import { type FlowFacts, openInputs } from './flow-facts.ts';

/** Puts a flow on the stack and runs it to its first rest. */
export function pushFlow(
  turn: Turn,
  id: string,
  by: Frame['by'],
  {
    params = {},
    inherits = [],
    bot = turn.bot,
  }: {
    readonly params?: JsonObject;
    readonly inherits?: readonly string[];
    /** Whose flow it is, where it is not the present bot's. */
    readonly bot?: Bot;
  } = {},
): void {
  const flow = bot.program.flows[id];
  const machine = bot.machine(id);
  if (!flow || !machine) return;
  const frame: Frame = {
    flow: id,
    version: flow.version,
    program: bot.program.version,
    snapshot: { status: 'active', value: machine.flow.config.initial, context: freshMemory },
    by,
    inherits,
    params,
  };
  turn.events.push({ kind: 'flow_started', flow: id, by });
  turn.stack.push(frame);
  settle(turn, turn.stack.length - 1, machine.enter(scopeOf(turn, frame)));
  if (by === 'engine' && topFrame(turn)?.snapshot.status === 'done') {
    turn.stack.pop();
    turn.events.push({ kind: 'flow_completed', flow: id });
  }
}

/** Begins a pattern, unless it is on the stack already and not done with the person; below a task it waits for that. */
export function pushPattern(turn: Turn, flow: string, params: JsonObject = {}): true {
  if (placeOf(turn, flow) <= topTask(turn)) pushFlow(turn, flow, 'engine', { params });
  return true;
}

/** Whether a frame is a task of the person's, rather than a pattern of the engine's. */
export function isTask(turn: Turn, frame: Frame): boolean {
  return !turn.bot.program.flows[frame.flow]?.pattern && !frame.flow.startsWith('pattern_');
}

/** Where the task that a frame belongs to begins: below a called flow stands its caller. */
export function taskStart(turn: Turn, place: number): number {
  let start = place;
  while (start > 0 && turn.stack[start]?.by === 'call') start -= 1;
  return start;
}

/** The place of the topmost frame of a task; -1 when none is active. */
export function topTask(turn: Turn, below: number = turn.stack.length): number {
  for (let place = below - 1; place >= 0; place -= 1) {
    const frame = turn.stack[place];
    if (frame && isTask(turn, frame)) return place;
  }
  return -1;
}

/** The tasks that wait, by the place of their first frame, the most recent first. */
export function tasks(turn: Turn): readonly number[] {
  const starts: number[] = [];
  for (let place = topTask(turn); place >= 0; place = topTask(turn, starts.at(-1)))
    starts.push(taskStart(turn, place));
  return starts;
}

/** Sets a task aside for another: what both use is kept for it, and given back when it goes on. */
export function interruptTask(turn: Turn): void {
  const place = topTask(turn);
  const frame = turn.stack[place];
  if (!frame) return;
  const { confirmed } = turn;
  turn.stack[place] = { ...frame, held: { slots: ownSlots(turn, place), confirmed } };
  // A yes is for the task that asked, and for no other.
  turn.confirmed = null;
  if (confirmed) turn.events.push({ kind: 'confirmation_voided', values: confirmed });
  turn.events.push({ kind: 'flow_interrupted', flow: frame.flow, step: frame.snapshot.value });
}

/** Gives a task that comes to the top again what it held. */
export function restoreTask(turn: Turn): void {
  const place = turn.stack.length - 1;
  const frame = turn.stack[place];
  if (!frame) return;
  if (frame.held) {
    const { slots, confirmed } = frame.held;
    for (const [slot, value] of Object.entries(slots)) setSlot(turn, slot, value);
    turn.confirmed = confirmed;
    if (confirmed) turn.events.push({ kind: 'confirmed', values: confirmed });
    turn.stack[place] = { ...frame, held: undefined };
  }
  turn.events.push({ kind: 'flow_resumed', flow: frame.flow, step: frame.snapshot.value });
}

/** Goes on with a task that waits; with the one on top when none is named. */
export function resumeTask(turn: Turn, id: string | undefined): boolean {
  const waiting = tasks(turn);
  const start = id === undefined ? waiting[0] : waiting.find((place) => turn.stack[place]?.flow === id);
  if (start === undefined) return false;
  if (start !== waiting[0]) {
    interruptTask(turn);
    raiseTask(turn, start);
    restoreTask(turn);
  }
  return true;
}

/** Moves the task that a frame belongs to to the top. */
export function raiseTask(turn: Turn, place: number): void {
  const start = taskStart(turn, place);
  let end = start + 1;
  while (turn.stack[end]?.by === 'call') end += 1;
  turn.stack.push(...turn.stack.splice(start, end - start));
}

/** The slots that a task clears at its end or that its steps have written, with their values now. */
function ownSlots(turn: Turn, place: number): JsonObject {
  const own: Record<string, Json> = {};
  for (const frame of turn.stack.slice(taskStart(turn, place), place + 1)) {
    const { clears, writes } = factsOf(turn, frame);
    const written = frame.snapshot.context.visited.flatMap((key) => [...(writes.get(key) ?? [])]);
    for (const slot of [...clears, ...written]) {
      if (slot in turn.bot.program.slots) own[slot] = turn.slots[slot] ?? null;
    }
  }
  return own;
}

/** Takes frames off the stack; their slots are cleared, and remembered for "same as before". */
export function dropFrames(turn: Turn, from: number, count: number = turn.stack.length - from): void {
  const dropped = turn.stack.splice(from, count);
  for (const { snapshot } of dropped) {
    const { timer } = snapshot.context;
    if (timer !== null) turn.events.push({ kind: 'timer_cancelled', timer });
  }
  const cleared = dropped.flatMap((frame) => [
    ...factsOf(turn, frame).clears,
    ...frame.inherits.flatMap((flow) => [...turn.bot.forFrame(frame).facts(flow).clears]),
  ]);
  const memory: Record<string, Json> = { ...turn.memory };
  const asked = new Set(dropped.flatMap((frame) => openInputs(flowOf(turn, frame))));
  for (const slot of new Set(cleared)) {
    const value = turn.slots[slot] ?? null;
    // What was asked about last: of everything, after of one thing, it is no one thing any more.
    if (value !== null || asked.has(slot)) memory[slot] = value;
    resetSlot(turn, slot);
  }
  turn.memory = memory;
}

/** A frame's flow, as the bot that it runs on defines it. */
export function flowOf(turn: Turn, frame: Frame | undefined): FlowDefinition | undefined {
  return frame && turn.bot.forFrame(frame).program.flows[frame.flow];
}

/** What can be said of a frame's flow before it runs. */
export function factsOf(turn: Turn, frame: Frame): FlowFacts {
  return turn.bot.forFrame(frame).facts(frame.flow);
}

/** The place of a flow's frame; -1 when it is not on the stack. */
export function placeOf(turn: Turn, flow: string): number {
  return turn.stack.findLastIndex((frame) => frame.flow === flow);
}

/** Puts a slot back to what it holds at first; the log says so even of one that holds it already. */
function resetSlot(turn: Turn, slot: string): void {
  const value = turn.bot.program.slots[slot]?.initialValue ?? null;
  const count = turn.events.length;
  setSlot(turn, slot, value);
  if (turn.events.length === count) turn.events.push({ kind: 'slot_set', slot, value });
}

/** The flows of the tasks that wait. */
export function taskFlows(turn: Turn, starts: readonly number[]): readonly FlowDefinition[] {
  return starts.flatMap((start) => flowOf(turn, turn.stack[start]) ?? []);
}

/**
 * What a pattern is told of flows by name: in the bot's first language, which is what conditions compare, and under
 * `shown` as the person reads them.
 */
export function namesAs(
  turn: Turn,
  flows: readonly FlowDefinition[],
  tell: (names: readonly string[]) => JsonObject,
): JsonObject {
  const namesIn = (locale: Locale): readonly string[] => flows.map((flow) => flowName(flow, locale));
  const [canonical = turn.locale] = turn.bot.program.locales;
  const told = tell(namesIn(canonical));
  return canonical === turn.locale ? told : { ...told, shown: tell(namesIn(turn.locale)) };
}

/** Flows that a person may be offered: not patterns, and not those that only other flows begin. */
export function startableFlows(turn: Turn): readonly string[] {
  return Object.values(turn.bot.program.flows)
    .filter((flow) => !flow.pattern && !isClosed(flow) && flow.triggers.length > 0)
    .map((flow) => flow.id);
}

/** What a person who is not understood is shown: tasks in the files' order, and small talk only where there is no task. */
export function suggestedFlows(turn: Turn): readonly string[] {
  const open = startableFlows(turn);
  const tasks = open.filter((id) => {
    const flow = turn.bot.program.flows[id];
    return flow && allSteps(flow).some(({ kind }) => kind !== 'say' && kind !== 'noop');
  });
  return tasks.length > 0 ? tasks : open;
}

/** Whether only call and link begin a flow: its guard is a constant that is false. */
export function isClosed({ guard }: FlowDefinition): boolean {
  return guard?.kind === 'literal' && !guard.value;
}

/** Flows as options to choose from. */
export function flowOptions(
  turn: Turn,
  flows: readonly string[],
  told: Readonly<Record<string, readonly Command[]>> = {},
): readonly ChoiceOption[] {
  return flows.flatMap((id): readonly ChoiceOption[] => {
    const flow = turn.bot.program.flows[id];
    if (!flow) return [];
    const command = { kind: 'start_flow', flow: id } as const;
    return [{ label: { '*': flowName(flow, turn.locale) }, command, told: told[id] }];
  });
}
