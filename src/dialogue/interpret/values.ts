import type { Entity, Segment } from '../../nlu/recognizer.ts';
import { type Choice, choicesOf } from '../choices.ts';
import { coerceValue } from '../coerce-value.ts';
import type { SlotDefinition, SlotType } from '../program.ts';
import { entitiesOf } from '../recognition-context.ts';
import { afterBeginning, beginningOf, endOfRange, endOfStay, isStretch, startOf } from './date-pairs.ts';
import { resolveChoice } from './resolve-choice.ts';
import type { Situation } from './situation.ts';
import type { Value } from './value.ts';

/** What the recognisers of an asked slot's type find. */
const kindsOf: Readonly<Partial<Record<SlotType, readonly string[]>>> = {
  number: ['number'],
  money: ['money', 'number'],
  date: ['date', 'datetime', 'date_range'],
  time: ['time', 'datetime'],
  datetime: ['datetime', 'date'],
  duration: ['duration'],
  email: ['email'],
  phone: ['phone'],
};

/**
 * The values that entities give to slots: each entity once, the part it plays in the sentence first, then earlier
 * slots first; days in pairs.
 */
export function entityValues(
  situation: Situation,
  entities: readonly Entity[],
  slots: readonly SlotDefinition[],
  byType: boolean,
): readonly Value[] {
  const found = new Map<string, Value>();
  const used = new Set<Entity>();
  const take = (value: Value): void => {
    found.set(value.slot, value);
    for (const entity of value.entities) used.add(entity);
  };
  for (const fits of [playsItsPart, mayFill(situation, slots, byType)]) {
    for (const slot of slots) {
      const value = found.has(slot.name)
        ? undefined
        : firstValue(situation, entities, used, slot, (entity) => fits(slot, entity));
      if (!value) continue;
      take(value);
      const end = rangeEnd(value, slots, found);
      if (end) take(end);
    }
  }
  pairDays(situation, entities, used, slots, found);
  return slots.flatMap(({ name }) => found.get(name) ?? []);
}

function playsItsPart(slot: SlotDefinition, { entity, role }: Entity): boolean {
  return role !== undefined && entitiesOf(slot).includes(`${entity}/${role}`);
}

/** By name, or by type where the slot is asked for; what plays the part of another slot of the task is that one's. */
function mayFill(
  situation: Situation,
  slots: readonly SlotDefinition[],
  byType: boolean,
): (slot: SlotDefinition, entity: Entity) => boolean {
  const others = [...slots, ...definitions(situation, situation.taskSlots)];
  return (slot, entity) => {
    const kinds = byType ? (kindsOf[slot.type] ?? []) : [];
    if (!entitiesOf(slot).includes(entity.entity) && !kinds.includes(entity.entity)) return false;
    return !others.some((other) => other.name !== slot.name && playsItsPart(other, entity));
  };
}

function definitions({ bot }: Situation, names: Iterable<string>): readonly SlotDefinition[] {
  return [...names].flatMap((name) => bot.program.slots[name] ?? []);
}

function firstValue(
  situation: Situation,
  entities: readonly Entity[],
  used: ReadonlySet<Entity>,
  slot: SlotDefinition,
  fits: (entity: Entity) => boolean,
): Value | undefined {
  for (const entity of entities) {
    if (used.has(entity) || !fits(entity) || (slot.type === 'date' && isStretch(entity))) continue;
    const value = coerceValue(slot, startOf(entity.value), offered(situation, slot));
    if (value === undefined || value === null) continue;
    return { slot: slot.name, value, fit: entity.score, text: entity.text, entities: [entity] };
  }
  return undefined;
}

/** "Friday to Monday": the second date slot in line takes the end of the range. */
function rangeEnd(
  begin: Value,
  slots: readonly SlotDefinition[],
  found: ReadonlyMap<string, Value>,
): Value | undefined {
  const [entity] = begin.entities;
  const end = entity && endOfRange(entity);
  const at = slots.findIndex(({ name }) => name === begin.slot);
  const next = slots.find(({ name, type }, place) => place > at && type === 'date' && !found.has(name));
  return end !== undefined && next ? { ...begin, slot: next.name, value: end } : undefined;
}

/** Days that end what another day began: by the length of the stay, and a bare weekday after the beginning. */
function pairDays(
  situation: Situation,
  entities: readonly Entity[],
  used: ReadonlySet<Entity>,
  slots: readonly SlotDefinition[],
  found: Map<string, Value>,
): void {
  const order = [...new Set([...definitions(situation, situation.taskSlots), ...slots])];
  for (const slot of slots.filter(({ type }) => type === 'date')) {
    const beginning = beginningOf(slot, order);
    const begin = beginning && (found.get(beginning.name)?.value ?? situation.slots[beginning.name] ?? null);
    if (begin === undefined || begin === null) continue;
    const own = found.get(slot.name);
    const length = entities.find((entity) => entity.entity === 'duration' && !used.has(entity));
    const end = length && endOfStay(begin, length);
    if (own) found.set(slot.name, afterBeginning(own, begin));
    else if (length && end !== undefined)
      found.set(slot.name, {
        slot: slot.name,
        value: end,
        fit: length.score,
        text: length.text,
        entities: [length],
      });
  }
}

/** What a slot may be filled with now: the items of the list that it is chosen from, else its own choices. */
export function offered(situation: Situation, slot: SlotDefinition): readonly Choice[] {
  const asked = situation.requested.some(({ name }) => name === slot.name);
  const list = (asked ? situation.asks?.choicesFrom : undefined) ?? situation.listOf.get(slot.name);
  return choicesOf(slot, list, situation.slots);
}

/** What the words themselves say of one slot, where no entity does: a choice, a value of its type, its pattern. */
export function wordedValue(situation: Situation, segment: Segment, slot: SlotDefinition): Value | undefined {
  const choices = offered(situation, slot);
  if (choices.length > 0) return chosenValue(situation, segment, slot, choices);
  if (slot.type === 'boolean' || slot.type === 'any' || (slot.type === 'text' && slot.pattern === undefined))
    return undefined;
  for (const text of [segment.text.trim(), ...segment.text.split(/[\s,;!?，。；！？]+/u)]) {
    for (const spelling of [text, text.toUpperCase()]) {
      const value = text === '' ? undefined : coerceValue(slot, spelling, []);
      if (value !== undefined) return { slot: slot.name, value, fit: 0.95, text, entities: [] };
    }
  }
  return undefined;
}

function chosenValue(
  situation: Situation,
  segment: Segment,
  slot: SlotDefinition,
  choices: readonly Choice[],
): Value | undefined {
  const held = situation.slots[slot.name] ?? undefined;
  const found = resolveChoice(segment.text, choices, segment.entities, held);
  const choice = found && choices[found.option];
  if (!choice) return undefined;
  const ordinals = segment.entities.filter(({ entity }) => entity === 'ordinal');
  return { slot: slot.name, value: choice.value, fit: found.fit, text: found.words, entities: ordinals };
}
