import type { Json } from '../../json.ts';
import type { Entity, Segment } from '../../nlu/recognizer.ts';
import { type Choice, choicesOf } from '../choices.ts';
import { coerceValue } from '../coerce-value.ts';
import type { SlotDefinition, SlotType } from '../program.ts';
import { entitiesOf } from '../recognition-context.ts';
import { resolveChoice } from './resolve-choice.ts';
import type { Situation } from './situation.ts';

/** A value for a slot, found in one part of a message. */
export interface Value {
  readonly slot: string;
  readonly value: Json;
  /** How surely it is that value, 0 to 1. */
  readonly fit: number;
  /** What it was read from; it explains that much of the text. */
  readonly text: string;
  readonly entities: readonly Entity[];
}

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

/** The values that entities give to slots: each entity once, earlier slots first. */
export function entityValues(
  situation: Situation,
  entities: readonly Entity[],
  slots: readonly SlotDefinition[],
  byType: boolean,
): readonly Value[] {
  const values: Value[] = [];
  const filled = new Set<string>();
  const used = new Set<Entity>();
  for (const slot of slots) {
    if (filled.has(slot.name)) continue;
    const found = firstValue(situation, entities, used, slot, byType);
    if (!found) continue;
    const pair = rangeEnd(found, slots, filled);
    for (const value of pair ? [found, pair] : [found]) {
      values.push(value);
      filled.add(value.slot);
      for (const entity of value.entities) used.add(entity);
    }
  }
  return values;
}

function firstValue(
  situation: Situation,
  entities: readonly Entity[],
  used: ReadonlySet<Entity>,
  slot: SlotDefinition,
  byType: boolean,
): Value | undefined {
  const names = entitiesOf(slot);
  const kinds = byType ? (kindsOf[slot.type] ?? []) : [];
  for (const entity of entities) {
    if (used.has(entity)) continue;
    const own =
      names.includes(entity.entity) ||
      (entity.role !== undefined && names.includes(`${entity.entity}/${entity.role}`));
    if (!own && !kinds.includes(entity.entity)) continue;
    const value = coerceValue(slot, startOf(entity.value), offered(situation, slot));
    if (value === undefined || value === null) continue;
    return { slot: slot.name, value, fit: entity.score, text: entity.text, entities: [entity] };
  }
  return undefined;
}

function startOf(value: Json): Json {
  const from = rangeField(value, 'from');
  return from ?? value;
}

/** "Friday to Monday": the second date slot in line takes the end of the range. */
function rangeEnd(
  found: Value,
  slots: readonly SlotDefinition[],
  filled: ReadonlySet<string>,
): Value | undefined {
  const [entity] = found.entities;
  const end = entity && rangeField(entity.value, 'to');
  const at = slots.findIndex(({ name }) => name === found.slot);
  const next = slots.find(({ name, type }, place) => place > at && type === 'date' && !filled.has(name));
  return end !== undefined && next ? { ...found, slot: next.name, value: end } : undefined;
}

function rangeField(value: Json, field: 'from' | 'to'): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !(field in value))
    return undefined;
  return (value as Readonly<Record<string, Json>>)[field];
}

/** What a slot may be filled with now: what is on offer when it is asked for, else its own choices. */
export function offered(situation: Situation, slot: SlotDefinition): readonly Choice[] {
  const asked = situation.requested.some(({ name }) => name === slot.name);
  return choicesOf(slot, asked ? situation.asks?.choicesFrom : undefined, situation.slots);
}

/** What the words themselves say of one slot, where no entity does: a choice, a value of its type, its pattern. */
export function wordedValue(situation: Situation, segment: Segment, slot: SlotDefinition): Value | undefined {
  const choices = offered(situation, slot);
  if (choices.length > 0) return chosenValue(segment, slot, choices);
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

function chosenValue(segment: Segment, slot: SlotDefinition, choices: readonly Choice[]): Value | undefined {
  const found = resolveChoice(segment.text, choices, segment.entities);
  const choice = found && choices[found.option];
  if (!choice) return undefined;
  const ordinals = segment.entities.filter(({ entity }) => entity === 'ordinal');
  return { slot: slot.name, value: choice.value, fit: found.fit, text: found.words, entities: ordinals };
}
