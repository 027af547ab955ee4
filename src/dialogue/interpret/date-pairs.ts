import type { Json } from '../../json.ts';
import type { Entity, Period } from '../../nlu/recognizer.ts';
import { laterDay } from '../waiting-value.ts';
import type { SlotDefinition } from '../program.ts';
import type { Value } from './value.ts';

const dayMs = 86_400_000;

/** Words that name both ends of a range. */
const bothEnds = /\b(?:to|till|til|until|through|thru|and)\b|[-–—~]|到|至/iu;
const weekdayNames =
  /(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b|周|星期|礼拜/iu;

/** Longest stretch that is taken as its first and last day though only the stretch is named: a weekend. */
const maxNamedStretchDays = 3;

/** Whether an entity is a stretch of time in which a day lies, rather than two days: "in July", "next week". */
export function isStretch({ entity, text, value }: Entity): boolean {
  if (entity !== 'date_range') return false;
  const [from, to] = [field(value, 'from'), field(value, 'to')];
  if (typeof from !== 'string' || typeof to !== 'string') return false;
  return !bothEnds.test(text) && (Date.parse(to) - Date.parse(from)) / dayMs >= maxNamedStretchDays;
}

/** The last day of a range. */
export function endOfRange({ value }: Entity): Json | undefined {
  return field(value, 'to');
}

/** The first day of a range, or the value as it is. */
export function startOf(value: Json): Json {
  return field(value, 'from') ?? value;
}

/** How long a stay is, in nights. */
export function lengthOfStay({ value }: Entity): Period | undefined {
  const seconds = field(value, 'seconds');
  const days = typeof seconds === 'number' ? seconds / 86_400 : 0;
  return days >= 1 && Number.isInteger(days) ? { months: 0, days } : undefined;
}

/** A bare weekday that ends something lies after its beginning, whatever day is today. */
export function afterBeginning(end: Value, begin: Json): Value {
  if (typeof end.value !== 'string' || typeof begin !== 'string' || end.value >= begin) return end;
  if (dayOfMonth.test(end.text)) return { ...end, value: sameDayAfter(end.value, begin) };
  if (/\d/u.test(end.text) || !weekdayNames.test(end.text)) return end;
  const weeks = Math.ceil((Date.parse(begin) - Date.parse(end.value)) / (7 * dayMs));
  return { ...end, value: laterDay(end.value, { months: 0, days: weeks * 7 }) };
}

/** A day without its month: "the 20th", 20号. */
const dayOfMonth =
  /^(?:(?:on )?the )?\d{1,2}(?:st|nd|rd|th)?$|^(?:\d{1,2}|[一二三四五六七八九十廿]{1,3}) ?[号日]$/iu;

/** The first day of that number which is not before another day. */
function sameDayAfter(day: string, begin: string): string {
  const number = day.slice(8);
  const month = new Date(`${begin.slice(0, 7)}-01T00:00:00Z`);
  for (let tried = 0; tried < 3; tried += 1) {
    const found = `${month.toISOString().slice(0, 8)}${number}`;
    const isDay = new Date(`${found}T00:00:00Z`).toISOString().startsWith(found);
    if (isDay && found >= begin) return found;
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return day;
}

/** The date slot before another one in a task's order: where the one ends, the other began. */
export function beginningOf(
  slot: SlotDefinition,
  order: readonly SlotDefinition[],
): SlotDefinition | undefined {
  const dates = order.filter(({ type }) => type === 'date');
  return dates[dates.findIndex(({ name }) => name === slot.name) - 1];
}

/** Whether another date slot stands before or after one in a task. */
export function isPaired(slot: SlotDefinition, order: readonly SlotDefinition[]): boolean {
  return order.filter(({ type }) => type === 'date').length > 1 && order.includes(slot);
}

function field(value: Json, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !(name in value))
    return undefined;
  return (value as Readonly<Record<string, Json>>)[name];
}
