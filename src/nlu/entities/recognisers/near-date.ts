import { daysInMonth, fromCivilDay, isCivilDate, toCivilDay } from './civil-day.ts';
import { firstOfMonth, oneDay, type Days } from './days.ts';
import type { Parsed, Senses } from './senses.ts';

/** Puts a month and day into the coming year, or the past one where the text tells of the past. */
export function nearYear(s: Senses, month: number, day: number, end: number): Parsed<Days> | undefined {
  const { year } = fromCivilDay(s.clock.today);
  for (const at of s.past
    ? [year, year - 1, year - 2, year - 3, year - 4]
    : [year, year + 1, year + 2, year + 3, year + 4]) {
    if (!isCivilDate(at, month, day)) continue;
    const found = toCivilDay(at, month, day);
    if (s.past ? found <= s.clock.today : found >= s.clock.today) return oneDay(found, end);
  }
  return undefined;
}

export function nearMonthYear(s: Senses, month: number): number {
  const now = fromCivilDay(s.clock.today);
  if (s.past) return month <= now.month ? now.year : now.year - 1;
  return month >= now.month ? now.year : now.year + 1;
}

export function nearDay(s: Senses, day: number, end: number): Parsed<Days> | undefined {
  const { year, month, day: today } = fromCivilDay(s.clock.today);
  if (!Number.isInteger(day) || day < 1 || day > 31) return undefined;
  let index = year * 12 + month - 1;
  if (s.past && day > today) index--;
  else if (!s.past && day < today) index++;
  for (; ; index += s.past ? -1 : 1) {
    const first = fromCivilDay(firstOfMonth(index));
    if (day <= daysInMonth(first.year, first.month))
      return oneDay(toCivilDay(first.year, first.month, day), end);
  }
}
