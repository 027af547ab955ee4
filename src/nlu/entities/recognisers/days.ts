import { toCivilDay, type CivilDay } from './civil-day.ts';
import type { TimeUnit } from './sense.ts';
import { addUnits, type Parsed, type Senses } from './senses.ts';

/** A day, or the days from `from` to `to` inclusive. */
export interface Days {
  readonly from: CivilDay;
  readonly to: CivilDay;
  /** Whether a span of days was named ("next week"), even one of a single day. */
  readonly span: boolean;
}

export type DateReader = (s: Senses, i: number) => Parsed<Days> | undefined;

export function oneDay(day: CivilDay, end: number): Parsed<Days> {
  return { value: { from: day, to: day, span: false }, end };
}

export function span(from: CivilDay, to: CivilDay, end: number): Parsed<Days> {
  return { value: { from, to, span: true }, end };
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
