import type { Json } from '../../json.ts';
import { choicesOf } from '../choices.ts';
import { isSameJson } from '../same-json.ts';
import { keepWhole, wholeList } from '../whole-list.ts';
import { factsOf, taskStart, topTask } from './stack.ts';
import { setSlot, type Turn } from './turn.ts';

/** The slot that holds what the running task offers for another one. */
export function listOfSlot(turn: Turn, slot: string): string | undefined {
  const frame = turn.stack[listPlace(turn, slot)];
  return frame && factsOf(turn, frame).listOf.get(slot);
}

/** The frame of the running task that asks for a slot. */
export function listPlace(turn: Turn, slot: string): number {
  const top = topTask(turn);
  if (top < 0) return -1;
  const start = taskStart(turn, top);
  return turn.stack.findIndex(
    (frame, at) => at >= start && at <= top && factsOf(turn, frame).listOf.has(slot),
  );
}

/** Shows what fits in place of the list, and keeps the whole of it. */
export function showOnly(
  turn: Turn,
  place: number,
  slot: string,
  list: string,
  fitting: readonly Json[],
): void {
  const items = turn.slots[list] ?? null;
  const frame = turn.stack[place];
  if (frame && Array.isArray(items))
    turn.stack[place] = keepWhole(frame, slot, items as readonly Json[], fitting);
  setSlot(turn, list, fitting);
}

/** Puts the whole list on offer again where a value is one of it and not of what is shown. */
export function widenChoice(turn: Turn, slot: string, value: Json): boolean {
  const list = listOfSlot(turn, slot);
  const all = list === undefined ? undefined : wholeList(turn.stack, slot, turn.slots[list] ?? null);
  const definition = turn.bot.program.slots[slot];
  if (list === undefined || !all || !definition) return false;
  const choices = choicesOf(definition, list, { ...turn.slots, [list]: all });
  if (!choices.some((choice) => isSameJson(choice.value, value))) return false;
  setSlot(turn, list, all);
  return true;
}
