import type { Json } from '../../json.ts';
import type { SlotDefinition } from '../program.ts';
import type { Situation } from './situation.ts';

/** What people told of another task, that a slot may be carried over from; `null` when nothing. */
export function carriedOver({ bot, state }: Situation, { carryFrom }: SlotDefinition): Json {
  const told = carryFrom.filter((name) => bot.asked.has(name));
  return (
    told.map((name) => state.slots[name] ?? state.memory[name] ?? null).find((value) => value !== null) ??
    null
  );
}

/** Slots to be carried over from that an action of the task fills: what is said against one waits for it. */
export function waitsFor({ bot }: Situation, { carryFrom }: SlotDefinition): readonly string[] {
  return carryFrom.filter((name) => !bot.asked.has(name));
}
