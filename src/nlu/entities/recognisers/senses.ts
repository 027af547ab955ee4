import type { Period } from '../../recognizer.ts';
import { addMonths, weekdayOf, type CivilDay } from './civil-day.ts';
import type { Sense, TimeUnit } from './sense.ts';
import type { SenseToken } from './sense-stream.ts';

/** A text's senses, with what the grammar needs to know to give them values. */
export interface Senses {
  readonly tokens: readonly SenseToken[];
  readonly clock: Clock;
  /** Whether a spoken hour from 1 to 6 is taken as the afternoon. */
  readonly twelveHours: boolean;
  /** Whether `11/12` is the 12th of November. */
  readonly monthFirst: boolean;
  /** What `¥` stands for. */
  readonly yen: string;
  /** The text tells of what was: a day without a year lies behind. */
  readonly past: boolean;
  /** Kinds that the person was just asked for. */
  readonly asked: ReadonlySet<string>;
}

export interface Clock {
  readonly today: CivilDay;
  /** Minutes since midnight. */
  readonly minute: number;
  readonly now: number;
  readonly timeZone: string;
}

/** Something read from token `i` up to, not including, token `end`. */
export interface Parsed<T> {
  readonly value: T;
  readonly end: number;
}

const nothing: Sense = {};

export function senseAt(s: Senses, i: number): Sense {
  return s.tokens[i]?.sense ?? nothing;
}

/** Whether tokens `i - 1` and `i` stand together without a space. */
export function isGlued(s: Senses, i: number): boolean {
  return i > 0 && s.tokens[i - 1]?.end === s.tokens[i]?.start;
}

/** Skips one token that has the property. */
export function skip(s: Senses, i: number, property: keyof Sense): number {
  return senseAt(s, i)[property] === undefined ? i : i + 1;
}

const secondsOf: Readonly<Record<TimeUnit, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  workday: 86_400,
  weekend: 2 * 86_400,
  week: 7 * 86_400,
  month: 30 * 86_400,
  quarter: 91 * 86_400,
  year: 365 * 86_400,
};

/** A month counts 30 days, a quarter 91, a year 365. */
export function unitSeconds(unit: TimeUnit): number {
  return secondsOf[unit];
}

export function isDayUnit(unit: TimeUnit): boolean {
  return unit !== 'second' && unit !== 'minute' && unit !== 'hour';
}

/** Moves a day by whole units; halves of a month or year are counted in days. */
export function addUnits(day: CivilDay, count: number, unit: TimeUnit): CivilDay {
  if (unit === 'workday') return addWorkdays(day, count);
  const months = count * monthsOf(unit);
  if (months !== 0 && Number.isInteger(months)) return addMonths(day, months);
  return day + Math.round((count * unitSeconds(unit)) / 86_400);
}

/** What `addUnits` moves a day by; workdays count as days of the week. */
export function periodOf(
  parts: readonly { readonly count: number; readonly unit: TimeUnit }[],
  sign: number,
): Period {
  let [months, days] = [0, 0];
  for (const { count, unit } of parts) {
    const whole = count * monthsOf(unit);
    if (whole !== 0 && Number.isInteger(whole)) months += sign * whole;
    else days += sign * Math.round((count * unitSeconds(unit)) / 86_400);
  }
  return { months, days };
}

function monthsOf(unit: TimeUnit): number {
  if (unit === 'year') return 12;
  if (unit === 'quarter') return 3;
  return unit === 'month' ? 1 : 0;
}

function addWorkdays(day: CivilDay, count: number): CivilDay {
  const step = count < 0 ? -1 : 1;
  let at = day;
  for (let left = Math.min(Math.abs(Math.round(count)), 3660); left > 0;) {
    at += step;
    if (weekdayOf(at) < 5) left--;
  }
  return at;
}
