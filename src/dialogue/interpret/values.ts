import type { Json } from '../../json.ts';
import type { Entity, Segment } from '../../nlu/recognizer.ts';
import { type Choice, choicesOf } from '../choices.ts';
import { coerceValue } from '../coerce-value.ts';
import type { SlotDefinition } from '../program.ts';
import { entitiesOf } from '../recognition-context.ts';
import { isWaiting, laterDay } from '../waiting-value.ts';
import { carriedOver, waitsFor } from './carried-over.ts';
import { isMoreOrFewer } from './count-words.ts';
import { beginningOf, endOfRange, isPaired, isStretch, startOf } from './date-pairs.ts';
import { partOfDay } from './day-parts.ts';
import { pairDays } from './pair-days.ts';
import { explainedWords } from './pointing-words.ts';
import { acceptance } from './refused-value.ts';
import { lastTold } from '../told-choice.ts';
import { wholeList } from '../whole-list.ts';
import { fold } from './fold.ts';
import { resolveByName, resolveChoice } from './resolve-choice.ts';
import type { Situation } from './situation.ts';
import { kindsOf } from './slot-kinds.ts';
import type { Value } from './value.ts';

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
  const order = orderOf(situation, slots);
  const inOrder = stretchesFirst(entities);
  const plays = (slot: SlotDefinition, entity: Entity): boolean => playsItsPart(slot, entity, order);
  for (const fits of [plays, mayFill(situation, slots, byType, found)]) {
    for (const slot of slots) {
      const value = found.has(slot.name)
        ? undefined
        : (dayAfterAnother(slot, order, entities, used, (entity) => fits(slot, entity)) ??
          firstValue(situation, inOrder, used, slot, (entity) => fits(slot, entity)));
      if (!value) continue;
      take(
        fits === plays || !playsAnother(situation, slot, value)
          ? value
          : { ...value, fit: value.fit * otherPartOf(value) },
      );
      const end = rangeEnd(situation, value, slots, found);
      if (end) take(end);
    }
  }
  pairDays(situation, { entities, used, slots, order, found });
  const names = [...slots.map(({ name }) => name), ...found.keys()];
  return [...new Set(names)].flatMap((name) => found.get(name) ?? []);
}

/** "We arrive on the 21st and would go the day after": the one day that is asked for lies so long after the one named beside it. */
function dayAfterAnother(
  slot: SlotDefinition,
  order: readonly SlotDefinition[],
  entities: readonly Entity[],
  used: ReadonlySet<Entity>,
  fits: (entity: Entity) => boolean,
): Value | undefined {
  if (slot.type !== 'date' || isPaired(slot, order)) return undefined;
  const [day, later] = entities.filter((entity) => !used.has(entity) && fits(entity));
  if (typeof day?.value !== 'string' || day.later || !later?.later || later.later.loosely) return undefined;
  const value = laterDay(day.value, later.later);
  return {
    slot: slot.name,
    value,
    fit: Math.min(day.score, later.score),
    text: later.text,
    entities: [day, later],
  };
}

/** "Thursday, so the 10th until the 13th": from one day to another says more than a day beside it. */
function stretchesFirst(entities: readonly Entity[]): readonly Entity[] {
  const isRange = (entity: Entity): boolean => entity.entity === 'date_range' && !isStretch(entity);
  return [...entities.filter(isRange), ...entities.filter((entity) => !isRange(entity))];
}

/** P(an answer is meant although its words seem to play another slot's part). */
const otherPart = 0.75;

/** A role that the tagger alone has given is a guess; the surer it is, the less the words answer what was asked. */
function otherPartOf({ entities: [entity] }: Value): number {
  if (entity && partOfDay(entity) !== undefined) return leastOtherPart;
  return entity?.source === 'tagger' ? Math.max(leastOtherPart, 1 - entity.score) : otherPart;
}

const leastOtherPart = 0.1;

function playsAnother(situation: Situation, slot: SlotDefinition, { entities }: Value): boolean {
  const others = definitions(situation, situation.taskSlots);
  return others.some(
    (other) => other.name !== slot.name && entities.some((entity) => playsItsPart(other, entity, others)),
  );
}

/**
 * Whether an entity's role is one that the slot names, or a day said to begin or to end something fills a slot for that.
 *
 * @param order - The slots of the task: of two days in a row the second ends what the first begins.
 */
export function playsItsPart(
  slot: SlotDefinition,
  entity: Entity,
  order: readonly SlotDefinition[],
): boolean {
  const names = entitiesOf(slot);
  if (entity.role !== undefined && names.includes(`${entity.entity}/${entity.role}`)) return true;
  const part = partOfDay(entity);
  if (part === undefined || slot.type !== 'date' || !names.includes(entity.entity)) return false;
  return isPaired(slot, order) && part === (beginningOf(slot, order) ? 'end' : 'start');
}

/** By name, or by type where the slot is asked for; what plays the part of another slot of the task is that one's. */
function mayFill(
  situation: Situation,
  slots: readonly SlotDefinition[],
  byType: boolean,
  found: ReadonlyMap<string, Value>,
): (slot: SlotDefinition, entity: Entity) => boolean {
  const isRunning = slots.every(({ name }) => situation.taskSlots.has(name));
  const others = isRunning ? definitions(situation, situation.taskSlots) : slots;
  return (slot, entity) => {
    const kinds = byType ? (kindsOf[slot.type] ?? []) : [];
    if (!entitiesOf(slot).includes(entity.entity) && !kinds.includes(entity.entity)) return false;
    // What was asked decides over the part that a bare word seems to play.
    // Of two that play one part, one plays another.
    const isOthers = (other: SlotDefinition): boolean =>
      other.name !== slot.name && !(entity.role !== undefined && found.has(other.name));
    return byType || !others.some((other) => isOthers(other) && playsItsPart(other, entity, others));
  };
}

/** Slots in the order of their task; of one that has not begun, as they are given. */
function orderOf(situation: Situation, slots: readonly SlotDefinition[]): readonly SlotDefinition[] {
  const isRunning = slots.every(({ name }) => situation.taskSlots.has(name));
  return isRunning ? definitions(situation, situation.taskSlots) : slots;
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
  const values = entities.flatMap((entity): readonly Value[] => {
    if (used.has(entity) || !fits(entity) || (slot.type === 'date' && isStretch(entity))) return [];
    const meant = said(situation, slot, entity);
    const value = isWaiting(meant) ? meant : coerceValue(slot, meant, offered(situation, slot));
    if (value === undefined || value === null) return [];
    const fit = entity.score * acceptance(situation, slot, value);
    return [{ slot: slot.name, value, fit, text: entity.text, entities: [entity] }];
  });
  // Of several, one that the slot takes, rather than a guess that it refuses.
  return values.find(({ fit, entities: [entity] }) => fit === entity?.score) ?? values[0];
}

/** The first day of a range; "one more" than the slot holds, or than what it is carried over from; else what the words say. */
function said(situation: Situation, slot: SlotDefinition, entity: Entity): Json {
  if (slot.type !== 'number' || !isMoreOrFewer(entity)) return startOf(entity.value);
  const by = entity.more * Number(entity.value);
  const than = situation.slots[slot.name] ?? carriedOver(situation, slot);
  if (typeof than === 'number') return than + by;
  const after = waitsFor(situation, slot);
  return after.length > 0 ? { after, by } : null;
}

/** "Friday to Monday": the next date slot in line, of those asked for or of the task, takes the end of the range. */
function rangeEnd(
  situation: Situation,
  begin: Value,
  slots: readonly SlotDefinition[],
  found: ReadonlyMap<string, Value>,
): Value | undefined {
  const [entity] = begin.entities;
  const end = entity && endOfRange(entity);
  if (end === undefined) return undefined;
  const inTask = orderOf(situation, slots);
  const after = inTask.slice(inTask.findIndex(({ name }) => name === begin.slot) + 1);
  const isAsked = situation.requested.some(({ name }) => name === begin.slot);
  const next = after.find(
    ({ name, type }) =>
      type === 'date' &&
      !found.has(name) &&
      (isAsked || slots.some((slot) => slot.name === name) || (situation.slots[name] ?? null) === null),
  );
  return next && { ...begin, slot: next.name, value: end };
}

/** What a slot may be filled with now: the items of the list that it is chosen from, else its own choices. */
export function offered(situation: Situation, slot: SlotDefinition): readonly Choice[] {
  const asked = situation.requested.some(({ name }) => name === slot.name);
  const list = (asked ? situation.asks?.choicesFrom : undefined) ?? situation.listOf.get(slot.name);
  return choicesOf(slot, list, situation.slots);
}

/** All that was on offer before it was narrowed down; empty where it is shown as a whole. */
export function wholeOffer(situation: Situation, slot: SlotDefinition): readonly Choice[] {
  const { state, listOf, slots } = situation;
  const list = listOf.get(slot.name);
  const all = list === undefined ? undefined : wholeList(state.stack, slot.name, slots[list] ?? null);
  return list === undefined || !all ? [] : choicesOf(slot, list, { ...slots, [list]: all });
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

/** "That one", 就它: what the task that ended last was about, where it is among those on offer. */
function toldValue(
  situation: Situation,
  { text }: Segment,
  slot: SlotDefinition,
  choices: readonly Choice[],
): Value | undefined {
  const folded = fold(text);
  if (!/\b(?:this|that|it)\b|[它这那]/u.test(folded) || explainedWords(folded, []) !== folded)
    return undefined;
  const value = lastTold(situation.bot, situation.state.memory, choices);
  return value === undefined ? undefined : { slot: slot.name, value, fit: toldFit, text, entities: [] };
}

const toldFit = 0.8;

function chosenValue(
  situation: Situation,
  segment: Segment,
  slot: SlotDefinition,
  choices: readonly Choice[],
): Value | undefined {
  const held = situation.slots[slot.name] ?? undefined;
  const told = lastTold(situation.bot, situation.state.memory, choices);
  const shown = resolveChoice(segment.text, choices, segment.entities, held, told);
  const all = shown ? choices : wholeOffer(situation, slot);
  const found = shown ?? (all.length > 0 ? resolveByName(segment.text, all, segment.entities) : undefined);
  const choice = found && all[found.option];
  if (!choice) return toldValue(situation, segment, slot, choices);
  const said = found.words.toLowerCase();
  const entities = segment.entities.filter(
    ({ entity, text }) => entity === 'ordinal' || said.includes(text.toLowerCase()),
  );
  return { slot: slot.name, value: choice.value, fit: found.fit, text: found.words, entities };
}
