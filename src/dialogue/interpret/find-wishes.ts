import type { Json } from '../../json.ts';
import type { Entity } from '../../nlu/recognizer.ts';
import type { Choice } from '../choices.ts';
import type { Wish } from '../narrow-choices.ts';
import {
  anotherWords,
  type Attribute,
  attributeWords,
  type AttributeWord,
  complaintWords,
  dayParts,
  limitWords,
  withoutWords,
} from './attribute-words.ts';

/** A wish, and the words that say so. */
export interface FoundWish {
  readonly wish: Wish;
  readonly words: string;
  readonly entities: readonly Entity[];
}

/**
 * Finds what a text wishes of things on offer: ends ("cheaper", 太贵), limits ("under 100", 九点以后), features ("with parking", "in
 * the centre", "four stars").
 *
 * @param free - Entities that no slot takes: of these, words and features are read.
 * @param choices - What is on offer, where it is known already: its own texts are features too.
 */
export function findWishes(
  text: string,
  start: number,
  free: readonly Entity[],
  choices: readonly Choice[],
): readonly FoundWish[] {
  const limits = free.flatMap((entity) => limitIn(text, start, entity) ?? []);
  const limiting = new Set(limits.flatMap(({ entities }) => entities));
  const features = free.flatMap((entity) =>
    limiting.has(entity) ? [] : (featureIn(text, start, entity, free) ?? []),
  );
  const complaints = ends(text, complaintWords, 'chosen');
  const pointed = complaints.length > 0 ? [] : [...ends(text, attributeWords, 'chosen'), ...dayPart(text)];
  const found = [...limits, ...features, ...complaints, ...pointed];
  return [...found, ...named(text, choices, found), ...another(text)];
}

/** "In the morning": between two hours. */
function dayPart(text: string): readonly FoundWish[] {
  const part = dayParts.find(({ words }) => words.test(text));
  const [words] = part?.words.exec(text) ?? [];
  if (!part || words === undefined) return [];
  const limit = (below: boolean, value: string): FoundWish => ({
    wish: { kind: 'limit', attribute: 'time', below, value },
    words,
    entities: [],
  });
  return [limit(false, part.from), limit(true, part.to)];
}

function another(text: string): readonly FoundWish[] {
  const [words] = anotherWords.exec(text) ?? [];
  return words === undefined ? [] : [{ wish: { kind: 'other' }, words, entities: [] }];
}

function ends(text: string, list: readonly AttributeWord[], than: 'chosen' | 'any'): readonly FoundWish[] {
  const plain = text.replaceAll(/['’]/gu, ' ');
  const found = list.flatMap(({ words, attribute, end }): FoundWish[] => {
    const said = wholeReason(plain, words);
    return said === undefined
      ? []
      : [{ wish: { kind: 'end', attribute, end, than }, words: said, entities: [] }];
  });
  return found.slice(0, 1);
}

/** From the first word that says so to the last: 太早了，我起不来 is one reason. */
function wholeReason(text: string, words: RegExp): string | undefined {
  const all = [...text.matchAll(new RegExp(words.source, 'giu'))];
  const [first, last] = [all[0], all.at(-1)];
  return first && last ? text.slice(first.index, last.index + last[0].length) : undefined;
}

function limitIn(text: string, start: number, entity: Entity): FoundWish | undefined {
  const limited = limitOf(entity);
  if (!limited) return undefined;
  const before = text.slice(0, entity.start - start).toLowerCase();
  const after = text.slice(entity.end - start).toLowerCase();
  for (const { below, ...words } of limitWords) {
    const [said] = words.before?.exec(before.trimEnd()) ?? words.after?.exec(after) ?? [];
    if (said === undefined) continue;
    const wish: Wish = { kind: 'limit', below, ...limited };
    return {
      wish,
      words: words.before ? `${said} ${entity.text}` : `${entity.text}${said}`,
      entities: [entity],
    };
  }
  return undefined;
}

/** What a quantity may be a limit of; a small bare number after "after" is an hour, any other a price. */
function limitOf({ entity, value }: Entity): { attribute: Attribute; value: number | string } | undefined {
  switch (entity) {
    case 'money':
      return typeof value === 'object' &&
        value !== null &&
        'amount' in value &&
        typeof value['amount'] === 'number'
        ? { attribute: 'price', value: value['amount'] }
        : undefined;
    case 'time':
      return typeof value === 'string' ? { attribute: 'time', value } : undefined;
    case 'datetime':
      return typeof value === 'string' ? { attribute: 'time', value: value.slice(11, 16) } : undefined;
    case 'duration':
      return typeof value === 'object' &&
        value !== null &&
        'seconds' in value &&
        typeof value['seconds'] === 'number'
        ? { attribute: 'duration', value: value['seconds'] }
        : undefined;
    case 'number':
      if (typeof value !== 'number') return undefined;
      return value <= 24 && Number.isInteger(value)
        ? { attribute: 'time', value: `${String(value).padStart(2, '0')}:00` }
        : { attribute: 'price', value };
    default:
      return undefined;
  }
}

/** A word from a list is a feature; with a number before it, a number of it. */
function featureIn(
  text: string,
  start: number,
  entity: Entity,
  free: readonly Entity[],
): FoundWish | undefined {
  if (entity.source === 'recogniser' || typeof entity.value !== 'string') return undefined;
  const before = text
    .slice(0, entity.start - start)
    .toLowerCase()
    .replaceAll(/['’]/gu, ' ')
    .trimEnd();
  const amount = free.find(
    (other) => other.entity === 'number' && other.end <= entity.start && entity.start - other.end <= 1,
  );
  const count = typeof amount?.value === 'number' ? { count: amount.value } : {};
  const wish: Wish = { kind: 'has', value: entity.value, not: withoutWords.test(before), ...count };
  return { wish, words: entity.text, entities: amount ? [amount, entity] : [entity] };
}

/** Texts of the offers themselves that some of them have and others have not: an airline, an area. */
function named(text: string, choices: readonly Choice[], found: readonly FoundWish[]): readonly FoundWish[] {
  const folded = ` ${text.toLowerCase()} `;
  const texts = new Set(choices.flatMap(({ attributes }) => Object.values(attributes).flatMap(textOf)));
  return [...texts].flatMap((value): FoundWish[] => {
    const has = choices.filter(({ attributes }) => Object.values(attributes).includes(value)).length;
    if (has === 0 || has === choices.length || !folded.includes(value.toLowerCase())) return [];
    if (found.some((other) => says(other, value.toLowerCase()))) return [];
    return [{ wish: { kind: 'has', value, not: false }, words: value, entities: [] }];
  });
}

/** Whether a wish was read from the same words, or asks for the same. */
function says({ wish, words }: FoundWish, value: string): boolean {
  return words.toLowerCase().includes(value) || (wish.kind === 'has' && wish.value.toLowerCase() === value);
}

function textOf(value: Json): readonly string[] {
  return typeof value === 'string' && value.length > 1 ? [value] : [];
}
