import type { JsonObject } from '../../json.ts';
import type { Frame } from '../dialogue-state.ts';
import { stateKey } from '../compiled-flow.ts';
import { fillSlot } from './fill-slot.ts';
import { factsOf, taskStart, topTask } from './stack.ts';
import { send, setSlot, stopOf, type Turn, withMemory } from './turn.ts';

/**
 * Gives slots new values and sends the task back to the first step that depended on an old one.
 *
 * What those steps wrote is cleared; steps that the values did not touch are passed through silently on the way back.
 */
export function correctSlots(turn: Turn, corrected: JsonObject): void {
  const changed = Object.entries(corrected).filter(
    ([slot, value]) => fillSlot(turn, slot, value) === 'filled',
  );
  const top = topTask(turn);
  if (changed.length === 0 || top < 0) return;
  const start = taskStart(turn, top);
  const slots = new Set(changed.map(([slot]) => slot));
  const affected = affectedSteps(turn, start, top, slots);
  for (const slot of affected.written)
    setSlot(turn, slot, turn.bot.program.slots[slot]?.initialValue ?? null);
  for (let place = start; place <= top; place += 1) {
    if (sendBack(turn, place, top, affected.steps, slots)) return;
  }
}

/**
 * Takes the ways of the running flow anew that were taken before something was told: who is asked "one way or return?" and
 * says when they fly back has answered it.
 */
export function reconsider(turn: Turn, told: ReadonlySet<string>): void {
  const place = turn.stack.length - 1;
  const frame = turn.stack[place];
  if (!frame || place !== topTask(turn)) return;
  const { branchesOn } = factsOf(turn, frame);
  const turned = frame.snapshot.context.visited.filter(
    (key) => key !== frame.snapshot.value && [...(branchesOn.get(key) ?? [])].some((slot) => told.has(slot)),
  );
  sendBack(turn, place, place, new Map([[place, new Set(turned)]]), new Set());
}

interface Affected {
  /** State keys, by place of the frame. */
  readonly steps: ReadonlyMap<number, ReadonlySet<string>>;
  /** Slots that those steps wrote, which are not among the corrected ones. */
  readonly written: ReadonlySet<string>;
}

/** Follows the data: a step that read a changed slot wrote slots that are now in doubt, and so on. */
function affectedSteps(turn: Turn, start: number, top: number, slots: ReadonlySet<string>): Affected {
  const written = new Set<string>();
  const steps = new Map<number, Set<string>>();
  const doubtful = (slot: string): boolean => slots.has(slot) || written.has(slot);
  for (let before = -1; before !== written.size;) {
    before = written.size;
    for (let place = start; place <= top; place += 1) {
      const frame = turn.stack[place];
      if (!frame) continue;
      const facts = factsOf(turn, frame);
      const found = steps.get(place) ?? new Set();
      for (const key of frame.snapshot.context.visited) {
        if (![...(facts.reads.get(key) ?? [])].some(doubtful)) continue;
        found.add(key);
        for (const slot of facts.writes.get(key) ?? []) if (!slots.has(slot)) written.add(slot);
      }
      steps.set(place, found);
    }
  }
  return { steps, written };
}

/** Sends one frame back, if something before where it stands is affected; the flows it has called end with that. */
function sendBack(
  turn: Turn,
  place: number,
  top: number,
  steps: ReadonlyMap<number, ReadonlySet<string>>,
  slots: ReadonlySet<string>,
): boolean {
  const frame = turn.stack[place];
  if (!frame) return false;
  const { visited } = frame.snapshot.context;
  const affected = steps.get(place) ?? new Set();
  const asks = askingSteps(turn, frame, slots);
  const target = visited.find((key) => affected.has(key) || asks.has(key));
  const stays = target === undefined || target === frame.snapshot.value;
  if (stays) return false;
  if (isAhead(turn, frame, target)) {
    const { replay } = frame.snapshot.context;
    turn.stack[place] = withMemory(frame, { replay: replay.filter((key) => !affected.has(key)) });
    return false;
  }
  const passed = visited.filter((key) => !affected.has(key) && key !== frame.snapshot.value);
  turn.stack[place] = withMemory(frame, { replay: passed });
  if (place < top) turn.stack.splice(place + 1, top - place);
  send(turn, place, `goto:${target}`);
  return true;
}

/** Whether a step lies beyond the question that stands open: the flow comes to it by itself, and may not leave the question out. */
function isAhead(turn: Turn, frame: Frame, target: string): boolean {
  const { value, context } = frame.snapshot;
  const here = context.visited.indexOf(value);
  return stopOf(turn, frame)?.kind === 'collect' && here >= 0 && context.visited.indexOf(target) > here;
}

/** The questions that asked for the corrected slots: their rejections judge the new value as they did the old one. */
function askingSteps(turn: Turn, frame: Frame, slots: ReadonlySet<string>): ReadonlySet<string> {
  const flow = turn.bot.forFrame(frame).machine(frame.flow)?.flow;
  const steps = [...(flow?.steps.values() ?? [])];
  const asking = steps.filter(
    (step) => step.kind === 'collect' && step.slots.some((slot) => slots.has(slot)),
  );
  return new Set(asking.map(({ id }) => stateKey(id)));
}
