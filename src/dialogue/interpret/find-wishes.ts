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
  dislikeWords,
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
  const said = free.flatMap((entity) => featureIn(text, start, entity, free) ?? []);
  const counted = new Set(said.flatMap(({ entities }) => (entities.length > 1 ? entities : [])));
  const limits = free.flatMap((entity) => (counted.has(entity) ? [] : (limitIn(text, start, entity) ?? [])));
  const limiting = new Set(limits.flatMap(({ entities }) => entities));
  const features = said.filter(({ entities }) => !entities.some((entity) => limiting.has(entity)));
  const complaints = ends(text, complaintWords, { than: 'chosen', against: true });
  // "Too early in the morning" wishes for no morning; "too early, something around noon" does.
  const beside = withoutReasons(text);
  const pointed = [...ends(beside, attributeWords, { than: 'chosen' }), ...dayPart(beside)];
  const found = [...limits, ...features, ...complaints, ...pointed];
  return [...found, ...named(text, choices, found), ...another(text)];
}

/** Whether a text speaks against something: "that's too early". */
export function isReasonAgainst(text: string): boolean {
  return ends(text, complaintWords, { than: 'chosen', against: true }).length > 0;
}

/** Whether a text says nothing but a reason, or what is wanted instead: "太贵了，不订了" gives up besides. */
export function isOnlyReason(text: string): boolean {
  const beside = withoutReasons(text);
  const isWish = ends(beside, attributeWords, { than: 'chosen' }).length > 0 || dayPart(beside).length > 0;
  return isReasonAgainst(text) && (isWish || beside.replaceAll(fillers, '') === '');
}

const fillers =
  /\b(?:h+m+|oh|uh|um|ah|ouch|wow|gulp|yikes|no|nope|nah|sorry|well|ok(?:ay)?|so)\b|[啊嗯哎呀呃噢哦唉不]|[\p{P}\s]/giu;

function withoutReasons(text: string): string {
  const clauses = text.split(/[.!?;,\n。！？；，]+/u);
  return isReasonAgainst(text) ? clauses.filter((clause) => !isReasonAgainst(clause)).join(', ') : text;
}

/** "In the morning": between two hours. */
function dayPart(text: string): readonly FoundWish[] {
  const part = dayParts.find(({ words }) => words.test(text));
  const said = part?.words.exec(text);
  if (!part || !said) return [];
  const [words] = said;
  const limit = (below: boolean, value: string): FoundWish => ({
    wish: { kind: 'limit', attribute: 'time', below, value },
    words,
    entities: [],
  });
  const [before, after] = [text.slice(0, said.index), text.slice(said.index + words.length)];
  if (!refusedBefore.test(before) && !refusedAfter.test(after))
    return [limit(false, part.from), limit(true, part.to)];
  // What is not in the morning is later, what is not in the evening earlier.
  if (part === dayParts[0]) return [limit(false, part.to)];
  return part === dayParts.at(-1) ? [limit(true, part.from)] : [];
}

const refusedBefore =
  /(?:\b(?:not|no|avoid|except|don['’]?t want|anything but)(?:\s+(?:in|the|an?|any|one|early|late))*|不要|不想要?|别|不喜欢)\s*$/iu;
const refusedAfter = /^[\p{Script=Han}]{0,4}(?:不要|别要|不行|就算了|不考虑)/u;

function another(text: string): readonly FoundWish[] {
  const [words] = anotherWords.exec(text) ?? [];
  return words === undefined ? [] : [{ wish: { kind: 'other' }, words, entities: [] }];
}

function ends(
  text: string,
  list: readonly AttributeWord[],
  said: { readonly than: 'chosen'; readonly against?: true },
): readonly FoundWish[] {
  const plain = text.replaceAll(/['’]/gu, ' ');
  const found = list.flatMap(({ words, attribute, end }): FoundWish[] => {
    const reason = wholeReason(plain, words);
    return reason === undefined
      ? []
      : [{ wish: { kind: 'end', attribute, end, ...said }, words: reason, entities: [] }];
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
  const side = sideOf(text.slice(0, entity.start - start), text.slice(entity.end - start));
  if (!side) return undefined;
  const wish: Wish = { kind: 'limit', below: side.below, ...limited };
  return { wish, words: side.around(entity.text), entities: [entity] };
}

/** On which side of an amount things must lie, by the words before and after it. */
function sideOf(
  before: string,
  after: string,
): { readonly below: boolean; readonly around: (amount: string) => string } | undefined {
  for (const { below, ...words } of limitWords) {
    const [said] =
      words.before?.exec(before.toLowerCase().trimEnd()) ?? words.after?.exec(after.toLowerCase()) ?? [];
    if (said === undefined) continue;
    return { below, around: (amount) => (words.before ? `${said} ${amount}` : `${amount}${said}`) };
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
  const before = text.slice(0, entity.start - start);
  // A number before a feature counts it, whatever the tagger took it for.
  const amount = free.find(
    (other) => typeof other.value === 'number' && other.end <= entity.start && entity.start - other.end <= 1,
  );
  // One character of a script without spaces is a part of many words.
  if (typeof amount?.value !== 'number' && /^\p{Script=Han}$/u.test(entity.text)) return undefined;
  if (typeof amount?.value !== 'number') {
    const isRefused = isRefusedBefore(before) || dislikeWords.test(text.replaceAll(/['’]/gu, ' '));
    const wish: Wish = { kind: 'has', value: entity.value, not: isRefused };
    return { wish, words: entity.text, entities: [entity] };
  }
  const said = text.slice(amount.start - start, entity.end - start);
  const beforeAmount = text.slice(0, amount.start - start);
  const side = sideOf(beforeAmount, text.slice(entity.end - start));
  const bound = side ? ({ bound: side.below ? 'most' : 'least' } as const) : {};
  const not = isRefusedBefore(beforeAmount) || dislikeWords.test(text.replaceAll(/['’]/gu, ' '));
  const wish: Wish = { kind: 'has', value: entity.value, not, count: amount.value, ...bound };
  return { wish, words: side?.around(said) ?? said, entities: [amount, entity] };
}

/** Whether what stands before a feature turns it round: "without", "I don't need". */
function isRefusedBefore(text: string): boolean {
  return withoutWords.test(text.toLowerCase().replaceAll(/['’]/gu, ' ').trimEnd());
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
