import { isSameJson } from '../same-json.ts';
import { takesBack } from './correction-words.ts';
import { endOfRange } from './date-pairs.ts';
import type { Part } from './part.ts';
import type { SlotDefinition } from '../program.ts';
import type { Value } from './value.ts';
import { entityValues } from './values.ts';

/**
 * The values of a task that is asked for twice in one sentence: "the 5th to the 8th in Berlin, the 8th to the 10th in Vienna".
 *
 * @param given - The values of the first.
 * @returns Those of the second, with what both share; empty unless it has days from one to another and a place of its own.
 */
export function toldTwice(
  { situation, segment }: Part,
  slots: readonly SlotDefinition[],
  given: readonly Value[],
): readonly Value[] {
  const used = new Set(given.flatMap(({ entities }) => entities));
  const rest = segment.entities.filter((entity) => !used.has(entity));
  if (!hasStretch(given) || takesBack(segment.text)) return [];
  const again = entityValues(situation, rest, slots, false);
  const places = again.filter(({ slot, value }) =>
    given.some(
      (first) =>
        first.slot === slot &&
        typeof value === 'string' &&
        !isDay(slots, slot) &&
        !isSameJson(first.value, value),
    ),
  );
  if (!hasStretch(again) || places.length === 0) return [];
  const shared = given.filter(({ slot }) => !isDay(slots, slot) && !again.some((each) => each.slot === slot));
  return [...again, ...shared];
}

function hasStretch(values: readonly Value[]): boolean {
  return values.some(({ entities: [entity] }) => entity !== undefined && endOfRange(entity) !== undefined);
}

function isDay(slots: readonly SlotDefinition[], name: string): boolean {
  return slots.find((slot) => slot.name === name)?.type === 'date';
}
