import type { Json } from '../../json.ts';
import type { Entity, Later, Period } from '../../nlu/recognizer.ts';
import { laterDay } from '../waiting-value.ts';
import type { SlotDefinition } from '../program.ts';
import { isMoreOrFewer } from './count-words.ts';
import { carriedOver, waitsFor } from './carried-over.ts';
import { afterBeginning, beginningOf, lengthOfStay, startOf } from './date-pairs.ts';
import { nearKnownDay } from './near-days.ts';
import type { Situation } from './situation.ts';
import type { Value } from './value.ts';

/** What a message says of some slots, while it is being read. */
interface Reading {
  readonly entities: readonly Entity[];
  readonly used: ReadonlySet<Entity>;
  readonly slots: readonly SlotDefinition[];
  /** The slots of the task, in its order. */
  readonly order: readonly SlotDefinition[];
  /** Added to in place. */
  readonly found: Map<string, Value>;
}

/**
 * Days that are said against another one: the end of a stay by its length, a bare weekday after the beginning, "a week
 * later" than the day told before, "one more night". What is counted from a day that is not known yet waits for it.
 */
export function pairDays(situation: Situation, reading: Reading): void {
  const { slots, order, found } = reading;
  for (const slot of slots.filter(({ type }) => type === 'date')) {
    const beginning = beginningOf(slot, order);
    const begun = beginning && found.get(beginning.name);
    const begin = beginning && (begun?.value ?? situation.slots[beginning.name] ?? null);
    const own = found.get(slot.name);
    const later = own?.entities[0]?.later;
    if (own && later) {
      const value = countedFrom(situation, slot, later, beginning, begin ?? null);
      if (value !== undefined) found.set(slot.name, { ...own, value });
    } else if (own) {
      const near = begun ? besideBeginning(own, begun) : nearKnownDay(situation, slot, own);
      found.set(slot.name, afterBeginning(near, begin ?? null));
    } else if (beginning) {
      const length = reading.entities.find((each) => each.entity === 'duration' && !reading.used.has(each));
      const value = length && endByLength(situation, slot, length, beginning, begin ?? null);
      if (length && value !== undefined)
        found.set(slot.name, {
          slot: slot.name,
          value,
          fit: length.score,
          text: length.text,
          entities: [length],
        });
    }
  }
}

/** The end of a stretch moves with its beginning: "Saturday to Monday" of the week that is meant. */
function besideBeginning(end: Value, begin: Value): Value {
  const [entity] = end.entities;
  const [from, to] = [entity && startOf(entity.value), begin.value];
  const isOne = entity !== undefined && entity === begin.entities[0];
  if (!isOne || typeof from !== 'string' || typeof to !== 'string' || typeof end.value !== 'string')
    return end;
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return { ...end, value: laterDay(end.value, { months: 0, days }) };
}

/** "A week later": than the value it corrects, than the beginning, than what it is carried over from; 三周后 only than the beginning. */
function countedFrom(
  situation: Situation,
  slot: SlotDefinition,
  later: Later,
  beginning: SlotDefinition | undefined,
  begin: Json,
): Json | undefined {
  if (later.loosely) return typeof begin === 'string' ? laterDay(begin, later) : undefined;
  const from = situation.slots[slot.name] ?? begin ?? carriedOver(situation, slot);
  if (typeof from === 'string') return laterDay(from, later);
  return waiting([...(beginning ? [beginning.name] : []), ...waitsFor(situation, slot)], later);
}

/** "For three nights" after the beginning; "one more night" after what was the end. */
function endByLength(
  situation: Situation,
  slot: SlotDefinition,
  length: Entity,
  beginning: SlotDefinition,
  begin: Json,
): Json | undefined {
  const stay = lengthOfStay(length);
  if (!stay) return undefined;
  if (isMoreOrFewer(length)) {
    const end = situation.slots[slot.name] ?? null;
    const more = { months: stay.months * length.more, days: stay.days * length.more };
    return typeof end === 'string' ? laterDay(end, more) : waiting(waitsFor(situation, slot), more);
  }
  if (typeof begin === 'string') return laterDay(begin, stay);
  return waiting([beginning.name, ...waitsFor(situation, beginning)], stay);
}

function waiting(after: readonly string[], { months, days }: Period): Json | undefined {
  return after.length > 0 ? { after, by: { months, days } } : undefined;
}
