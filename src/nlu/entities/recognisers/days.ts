import { toCivilDay, type CivilDay } from './civil-day.ts';
import type { Later } from '../../recognizer.ts';
import type { TimeUnit } from './sense.ts';
import { addUnits, type Parsed, periodOf, type Senses } from './senses.ts';

/** A day, or the days from `from` to `to` inclusive. */
export interface Days {
  readonly from: CivilDay;
  readonly to: CivilDay;
  /** Whether a span of days was named ("next week"), even one of a single day. */
  readonly span: boolean;
  /** So long after a day told of before; `from` counts from today. */
  readonly later?: Later | undefined;
}

export type DateReader = (s: Senses, i: number) => Parsed<Days> | undefined;

export function oneDay(day: CivilDay, end: number): Parsed<Days> {
  return { value: { from: day, to: day, span: false }, end };
}

export function span(from: CivilDay, to: CivilDay, end: number): Parsed<Days> {
  return { value: { from, to, span: true }, end };
}

/** A day that lies so long after the one told of before, or after today where none was. */
export function laterDay(
  s: Senses,
  parts: readonly { readonly count: number; readonly unit: TimeUnit }[],
  sign: number,
  end: number,
  then: true | 'loosely' = true,
): Parsed<Days> {
  const day = moved(s.clock.today, parts, sign);
  const later = { ...periodOf(parts, sign), ...(then === true ? {} : { loosely: true as const }) };
  return { value: { from: day, to: day, span: false, later }, end };
}

export function firstOfMonth(index: number): CivilDay {
  const year = Math.floor(index / 12);
  return toCivilDay(year, index - year * 12 + 1, 1);
}

export function moved(
  day: CivilDay,
  parts: readonly { readonly count: number; readonly unit: TimeUnit }[],
  sign: number,
): CivilDay {
  return parts.reduce((at, { count, unit }) => addUnits(at, sign * count, unit), day);
}
