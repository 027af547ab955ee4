import type { SlotDefinition } from '../program.ts';
import { fold, mentions } from './fold.ts';

/** The slots that a text calls by their names: "the departure city", 目的地; of two names, one in the other, the longer. */
export function called(text: string, slots: readonly SlotDefinition[]): readonly SlotDefinition[] {
  const folded = fold(text);
  const found = slots.flatMap((slot) =>
    namesOf(slot).flatMap((name) => (mentions(folded, name) ? { slot, name } : [])),
  );
  const whole = found.filter(
    ({ name }) => !found.some((other) => other.name !== name && mentions(other.name, name)),
  );
  return [...new Set(whole.map(({ slot }) => slot))];
}

/** What people call a slot, folded. */
export function namesOf({ name, label }: SlotDefinition): readonly string[] {
  const labels = Object.values(label ?? {});
  const short = labels.map((each) => each.replace(/(?<=.{2})(?:日期|时间|城市)$| (?:date|day|city)$/u, ''));
  return [...new Set([name.replaceAll('_', ' '), ...labels, ...short].map(fold))];
}
