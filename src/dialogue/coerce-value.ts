import type { Json } from '../json.ts';
import type { Choice } from './choices.ts';
import { matchesPattern } from './match-pattern.ts';
import type { SlotDefinition, SlotType } from './program.ts';

/** Longest text that a slot holds, in UTF-16 code units. */
const maxTextLength = 4_000;

/**
 * Makes a value one that a slot can hold: of its type, of its choices, and matching its pattern.
 *
 * @param choices - What is on offer; empty when the slot takes any value of its type.
 * @returns `undefined` when the value cannot be one.
 */
export function coerceValue(slot: SlotDefinition, value: Json, choices: readonly Choice[]): Json | undefined {
  if (value === null) return null;
  const chosen = choices.length > 0 ? choiceFor(value, choices) : byType[slot.type](value);
  if (chosen === undefined) return undefined;
  if (slot.pattern !== undefined && !(typeof chosen === 'string' && matchesPattern(slot.pattern, chosen)))
    return undefined;
  return chosen;
}

function choiceFor(value: Json, choices: readonly Choice[]): Json | undefined {
  const wanted = fold(value);
  const named = choices.find((each) => fold(each.value) === wanted);
  if (named) return named.value;
  return choices.find(({ label, synonyms }) =>
    [...Object.values(label), ...synonyms].some((word) => fold(word) === wanted),
  )?.value;
}

function fold(value: Json): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : JSON.stringify(value);
}

const byType: Readonly<Record<SlotType, (value: Json) => Json | undefined>> = {
  text: (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && text.trim() !== '' ? text.trim().slice(0, maxTextLength) : undefined;
  },
  number: (value) => toNumber(value),
  boolean: (value) => {
    if (value === 'true') return true;
    if (value === 'false') return false;
    return typeof value === 'boolean' ? value : undefined;
  },
  choice: (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined),
  date: (value) => matching(/^\d{4}-\d{2}-\d{2}/u, value)?.slice(0, 10),
  time: (value) => matching(/^\d{2}:\d{2}/u, value),
  datetime: (value) => matching(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}|$)/u, value),
  duration: (value) => (hasNumber(value, 'seconds') ? value : undefined),
  money: (value) => {
    if (hasNumber(value, 'amount')) return value;
    const amount = toNumber(value);
    return amount === undefined ? undefined : { amount, currency: null };
  },
  email: (value) => matching(/^[^\s@]+@[^\s@]+$/u, value)?.toLowerCase(),
  phone: (value) => matching(/^\+?[\d\s().-]{5,}$/u, value),
  list: (value) => (Array.isArray(value) ? (value as readonly Json[]) : [value]),
  object: (value) => (typeof value === 'object' && !Array.isArray(value) ? value : undefined),
  any: (value) => value,
};

function toNumber(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.trim().toLowerCase();
  if (/^-?\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  const [, digits, word = '', han = ''] = counted.exec(text) ?? [];
  if (digits !== undefined) return Number(digits);
  return smallNumbers.get(text) ?? smallNumbers.get(word) ?? smallNumbers.get(han);
}

/** A number with what it counts: "2 ppl", "two adults", 三张; "3rd" counts nothing. */
const counted =
  /^(?:(\d{1,3})\s*(?!st\b|nd\b|rd\b|th\b)\p{L}{1,12}|([a-z]{3,5})\s+\p{L}{1,12}|([一二两俩三仨四五六七八九十])[个位名口人大小张间辆]\p{L}{0,3})$/u;

/** What an annotation calls a number though it is written out: "one person", 两位. */
const smallNumbers: ReadonlyMap<string, number> = new Map(
  [
    'one 一',
    'two 二 两 俩',
    'three 三 仨',
    'four 四',
    'five 五',
    'six 六',
    'seven 七',
    'eight 八',
    'nine 九',
    'ten 十',
  ].flatMap((words, at) => words.split(' ').map((word) => [word, at + 1] as const)),
);

function matching(pattern: RegExp, value: Json): string | undefined {
  return typeof value === 'string' && pattern.test(value.trim()) ? value.trim() : undefined;
}

function hasNumber(value: Json, key: 'amount' | 'seconds'): boolean {
  if (typeof value !== 'object' || value === null || !(key in value)) return false;
  return typeof (value as Readonly<Record<string, Json>>)[key] === 'number';
}
