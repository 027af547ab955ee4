import type { Json } from '../../json.ts';
import type { Period } from '../../nlu/recognizer.ts';
import type { SlotDefinition } from '../program.ts';
import { laterDay } from '../waiting-value.ts';
import { waitsFor } from './carried-over.ts';
import type { Situation } from './situation.ts';
import type { Value } from './value.ts';

const weekday =
  '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|(?:周|星期|礼拜)[一二三四五六日天])';
const dayOfMonth = '(?:\\d{1,2}(?:st|nd|rd|th)|(?:\\d{1,2}|[一二三四五六七八九十廿]{1,3}) ?[号日])';

/** A day that says neither its week nor its month, or two of them; and after how long there is another one. */
const bareDays: readonly { readonly words: RegExp; readonly every: Period }[] = [
  { words: bare(weekday), every: { months: 0, days: 7 } },
  { words: bare(dayOfMonth), every: { months: 1, days: 0 } },
];

function bare(day: string): RegExp {
  const joint = '\\s*(?:to|till?|until|through|thru|and|[-–—~]|到|至)\\s*(?:the\\s+)?';
  return new RegExp(`^(?:(?:on|from|between|the|从|自)\\s*)*${day}(?:${joint}${day})?$`, 'iu');
}

/** Further than this nobody means a bare weekday or day of the month. */
const mostSteps = 60;

/**
 * Reads a bare "Sunday" or "the 9th" among the days that are known already: nearest to the day that it takes the place of,
 * else within the journey that the slot is carried over from. Where neither says another, it stays the coming one.
 */
export function nearKnownDay(situation: Situation, slot: SlotDefinition, value: Value): Value {
  const every = bareDays.find(({ words }) => words.test(value.text.trim()))?.every;
  if (!every || typeof value.value !== 'string') return value;
  const held = heldDay(situation, slot);
  if (held !== undefined) return { ...value, value: nearest(value.value, held, every) };
  const journey = journeyOf(situation, slot);
  return journey ? { ...value, value: within(value.value, journey, every) } : value;
}

/** The day that a slot holds, or that an action filled for it to be changed. */
function heldDay(situation: Situation, slot: SlotDefinition): string | undefined {
  const { slots } = situation;
  const held = [slot.name, ...waitsFor(situation, slot)].map((name) => slots[name] ?? null);
  return held.find((day) => typeof day === 'string');
}

function nearest(day: string, held: string, every: Period): string {
  const days = repeated(day, every);
  const after = days.findIndex((each) => each >= held);
  const [before, next] = [days[after - 1], days[after]];
  if (next === undefined) return day;
  return before !== undefined && distance(before, held) <= distance(next, held) ? before : next;
}

interface Journey {
  readonly from: string;
  readonly to: string;
}

function within(day: string, { from, to }: Journey, every: Period): string {
  return repeated(day, every).find((each) => each >= from && each <= to) ?? day;
}

/** A day, and those like it that come after it. */
function repeated(day: string, { months, days }: Period): readonly string[] {
  const all = Array.from({ length: mostSteps }, (_, at) =>
    laterDay(day, { months: months * at, days: days * at }),
  );
  return months === 0 ? all : all.filter((each) => each.slice(8) === day.slice(8));
}

function distance(one: string, other: string): number {
  return Math.abs(Date.parse(one) - Date.parse(other));
}

/** The days of another task that a slot may be carried over from: from its first day to the day that ends it. */
function journeyOf({ bot, state }: Situation, { carryFrom }: SlotDefinition): Journey | undefined {
  const told = (name: string | undefined): Json =>
    name === undefined ? null : (state.slots[name] ?? state.memory[name] ?? null);
  const source = carryFrom.find((name) => bot.asked.has(name) && typeof told(name) === 'string');
  const from = told(source);
  if (source === undefined || typeof from !== 'string') return undefined;
  const to = told(endOf(source));
  return { from, to: typeof to === 'string' ? to : from };

  /** The next day that the task which asks for one asks for. */
  function endOf(name: string): string | undefined {
    const flow = Object.keys(bot.program.flows).find((id) => bot.facts(id).collects.has(name));
    const days = flow === undefined ? [] : [...bot.facts(flow).collects].filter(isDay);
    return days[days.indexOf(name) + 1];
  }

  function isDay(name: string): boolean {
    return bot.program.slots[name]?.type === 'date';
  }
}
