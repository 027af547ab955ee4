import { choicesOf, wordsOf } from '../../dialogue/choices.ts';
import { matchesPattern } from '../../dialogue/match-pattern.ts';
import type { ButtonSource, Program, SlotDefinition, SlotType } from '../../dialogue/program.ts';
import { entitiesOf } from '../../dialogue/recognition-context.ts';
import { isSameJson } from '../../dialogue/same-json.ts';
import { localized } from '../../dialogue/run/bot.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { Locale } from '../../message.ts';
import type { TrainingData } from '../../nlu/training-example.ts';
import { constantsOf } from './constants.ts';

/** A value, and how a customer says it. */
export interface Sample {
  readonly value: Json;
  readonly text: string;
}

/** The values that generated dialogues use; the likeliest first, and those that conditions turn on among them. */
export interface SampleValues {
  /** What a customer may answer. */
  answers(slot: string): readonly Sample[];
  /** What an action may find out. */
  results(slot: string): readonly Sample[];
  facts(fact: string): readonly Sample[];
  /** What a question offers, where it offers the items of a list. */
  offered(slot: string, items: Json): readonly Sample[];
}

export function createSampleValues(program: Program, data: TrainingData, locale: Locale): SampleValues {
  const constants = constantsOf(program);
  const sources = buttonSources(program);
  const annotated = annotatedValues(data, locale);
  const slotOf = (name: string): SlotDefinition | undefined =>
    Object.hasOwn(program.slots, name) ? program.slots[name] : undefined;

  const plain = (slot: SlotDefinition): readonly Sample[] => {
    if (slot.choices.length > 0)
      return slot.choices.map(({ value, label }) => ({
        value,
        text: localized(label, locale) ?? value.replaceAll('_', ' '),
      }));
    const said = entitiesOf(slot).flatMap((entity) => annotated.get(entity) ?? []);
    const fitting = said.filter(({ value }) => slot.pattern === undefined || matches(slot.pattern, value));
    const isText = slot.type === 'text' || slot.type === 'any';
    if (isText && fitting.length > 0) return fitting.slice(0, mostSamples);
    return typical[slot.type];
  };

  const listOf = (slot: SlotDefinition): readonly Sample[] => {
    const source = sources.get(slot.name);
    const filled = Object.entries(source?.set ?? {})[0];
    const values = filled ? plain(slotOf(filled[0]) ?? slot) : [];
    const items = [0, 1].map((at) => itemOf(source, at, values[at]?.value ?? `${slot.name}-${at + 1}`));
    return [items, [], items.slice(0, 1)].map((value) => ({ value, text: '' }));
  };

  const withConstants = (slot: SlotDefinition, samples: readonly Sample[]): readonly Sample[] => {
    if (slot.choices.length > 0 || slot.type === 'boolean') return samples;
    return unique([...samples, ...(constants.get(`slots.${slot.name}`) ?? []).flatMap(around)]);
  };

  return {
    answers: (name) => {
      const slot = slotOf(name);
      if (!slot) return [];
      return withConstants(slot, plain(slot)).filter(({ value }) => value !== null);
    },
    results: (name) => {
      const slot = slotOf(name);
      if (!slot) return [];
      const found = slot.type === 'list' ? listOf(slot) : withConstants(slot, plain(slot));
      return [...found, { value: null, text: '' }];
    },
    facts: (fact) => {
      const known = constants.get(`user.${fact}`) ?? [];
      if (known.some((value) => typeof value === 'boolean')) return typical.boolean;
      const names = known.flatMap(around);
      return names.length > 0 ? names : [{ value: fact.replaceAll('_', ' '), text: '' }];
    },
    offered: (name, items) => {
      const slot = slotOf(name);
      if (!slot) return [];
      return choicesOf(slot, 'items', { items }).map(({ value, label }) => ({
        value,
        text: localized(label, locale) ?? wordsOf(value),
      }));
    },
  };
}

const mostSamples = 6;

/** What conditions compare with, and its neighbours. */
function around(value: Json): readonly Sample[] {
  if (typeof value !== 'number') return typeof value === 'boolean' ? [] : [sample(value)];
  return [value, value - 1, value + 1].filter((each) => each >= 0).map(sample);
}

function sample(value: Json): Sample {
  return { value, text: value === null ? '' : wordsOf(value) };
}

function unique(samples: readonly Sample[]): readonly Sample[] {
  return samples.filter(({ value }, at) => samples.findIndex((each) => isSameJson(each.value, value)) === at);
}

function matches(pattern: string, value: Json): boolean {
  return typeof value === 'string' && matchesPattern(pattern, value);
}

/** What a slot of each type may hold where neither the training data nor the slot say more. */
const typical: Readonly<Record<SlotType, readonly Sample[]>> = {
  text: ['Robin Miller', 'Sam Carter'].map(sample),
  any: ['Robin Miller', 'Sam Carter'].map(sample),
  choice: [],
  boolean: [
    { value: true, text: 'yes' },
    { value: false, text: 'no' },
  ],
  number: [2, 3, 7].map(sample),
  date: ['2026-06-20', '2026-06-26'].map(sample),
  time: ['18:30', '09:15'].map(sample),
  datetime: ['2026-06-20T18:30', '2026-06-26T09:15'].map(sample),
  duration: [
    { value: { seconds: 7200 }, text: '2 hours' },
    { value: { seconds: 1800 }, text: '30 minutes' },
  ],
  money: [
    { value: { amount: 20, currency: 'EUR' }, text: '20 euros' },
    { value: { amount: 35, currency: 'EUR' }, text: '35 euros' },
  ],
  email: ['mia@example.com', 'li.na@example.com'].map(sample),
  phone: [
    { value: '+4930901820', text: '+49 30 901820' },
    { value: '+442083661177', text: '+44 20 8366 1177' },
  ],
  list: [],
  object: [{ value: {}, text: '' }],
};

/** The annotated words of the training data by entity (`name` and `name/role`), in file order. */
function annotatedValues(data: TrainingData, locale: Locale): ReadonlyMap<string, readonly Sample[]> {
  const found = new Map<string, Sample[]>();
  const add = (entity: string, value: string, text: string): void => {
    const known = found.get(entity) ?? [];
    if (!known.some((each) => wordsOf(each.value).toLowerCase() === value.toLowerCase()))
      known.push({ value, text });
    found.set(entity, known);
  };
  for (const { entity, locale: of, items } of data.lists) {
    if (of === undefined || of === locale) for (const { value } of items) add(entity, value, value);
  }
  for (const example of data.examples) {
    if (example.locale !== locale) continue;
    for (const { entity, role, start, end, value } of example.entities) {
      const text = example.text.slice(start, end);
      if (value !== undefined) continue;
      add(entity, text, text);
      if (role !== undefined) add(`${entity}/${role}`, text, text);
    }
  }
  return found;
}

/** The buttons made of a list slot's items, by slot: they show which fields an item has. */
function buttonSources({ responses }: Program): ReadonlyMap<string, ButtonSource> {
  return new Map(
    Object.values(responses).flatMap(({ variants }) =>
      variants.flatMap(({ buttons }): [string, ButtonSource][] =>
        'from' in buttons ? [[buttons.from.replace(/^slots\./u, ''), buttons]] : [],
      ),
    ),
  );
}

/** An item with the fields that its buttons show. */
function itemOf(source: ButtonSource | undefined, at: number, value: Json): JsonObject {
  const titles = Object.values(source?.title ?? {});
  const shown = titles.flatMap((title) => [...title.matchAll(/\{\s*(\w+)\s*(?:,\s*(\w+))?/gu)]);
  const fields = shown.map(([, field = '', format]): [string, Json] => [field, shownAs(format, value, at)]);
  const set = Object.values(source?.set ?? {}).map((field): [string, Json] => [field, value]);
  return { id: value, name: value, ...Object.fromEntries(fields), ...Object.fromEntries(set) };
}

function shownAs(format: string | undefined, value: Json, at: number): Json {
  if (format === 'date' || format === 'time') return typical.date[at]?.value ?? null;
  if (format === 'number' || format === 'plural') return at + 1;
  return value;
}
