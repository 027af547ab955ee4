import { weekdayOf } from './civil-day.ts';
import { laterDay, moved, oneDay, type DateReader, type Days } from './days.ts';
import { parseDuration, type Duration } from './parse-duration.ts';
import { readMarkedDate, readNumericDate } from './parse-numbered-date.ts';
import { readBoundary, readRecent, readRelativeDay, readShifted } from './parse-shifted-date.ts';
import {
  readDayAndMonth,
  readDayOfMonth,
  readMonthAndDay,
  readNamedDay,
  readWeekday,
} from './parse-worded-date.ts';
import { isDayUnit, senseAt, skip, type Parsed, type Senses } from './senses.ts';

/** Reads a day or a named span of days; the longest reading wins. */
export function parseDate(s: Senses, i: number): Parsed<Days> | undefined {
  let best: Parsed<Days> | undefined;
  for (const read of readers) {
    const found = read(s, i);
    if (found && (!best || found.end > best.end)) best = found;
  }
  return best && withWeekday(s, best);
}

/** "March 3rd, a Tuesday", 11月22日(周日): a weekday after the date says nothing new. */
function withWeekday(s: Senses, found: Parsed<Days>): Parsed<Days> {
  const { weekday } = senseAt(s, found.end);
  const same = weekday !== undefined && !found.value.span && weekdayOf(found.value.from) === weekday;
  return same && senseAt(s, found.end - 1).weekday === undefined
    ? { value: found.value, end: found.end + 1 }
    : found;
}

const readers: readonly DateReader[] = [
  readNumericDate,
  readRelativeDay,
  readAmountAway,
  readDayAfter,
  readShifted,
  readWeekday,
  readMarkedDate,
  readMonthAndDay,
  readDayAndMonth,
  readDayOfMonth,
  readNamedDay,
  readRecent,
  readBoundary,
];

/** "3 days ago", "in two weeks", 三天前, vor 3 Tagen, "two weeks from Tuesday", "a week later". */
function readAmountAway(s: Senses, i: number): Parsed<Days> | undefined {
  const { back, ahead, sooner, then = sooner && true } = senseAt(s, i);
  const before = back === 'before' ? -1 : ahead === 'before' ? 1 : sooner;
  const duration = parseDuration(s, before === undefined ? i : i + 1);
  if (!duration?.value.parts.every(({ unit }) => isDayUnit(unit))) return undefined;
  const after = senseAt(s, duration.end);
  const afterSign = after.back === 'after' ? -1 : after.ahead === 'after' ? 1 : undefined;
  const { parts } = duration.value;
  if (before !== undefined) {
    const end = skipTail(s, duration.end, before);
    return then ? laterDay(s, parts, before, end, then) : oneDay(moved(s.clock.today, parts, before), end);
  }
  if (afterSign !== undefined) {
    const end = duration.end + 1;
    return after.then
      ? laterDay(s, parts, afterSign, end, after.then)
      : oneDay(moved(s.clock.today, parts, afterSign), end);
  }
  // "Three nights from Friday" are a stay and its first day.
  if (after.from && senseAt(s, duration.end - 1).dayPart) return undefined;
  if (!after.from && !after.after && !isWeeksOn(s, i, duration)) return undefined;
  const anchor = parseDate(s, after.relativeDay === undefined ? duration.end + 1 : duration.end);
  return anchor && oneDay(moved(anchor.value.from, parts, 1), anchor.end);
}

/** "A week on Saturday", "a week tomorrow"; "for a week on Saturday" is a stay. */
function isWeeksOn(s: Senses, i: number, { value, end }: Parsed<Duration>): boolean {
  const { on, relativeDay } = senseAt(s, end);
  const isDay = on === true || (relativeDay ?? -1) >= 0;
  return isDay && value.parts.every(({ unit }) => unit === 'week') && !senseAt(s, i - 1).lasting;
}

/** "The day after Christmas"; with no day named, the day after one told of before. */
function readDayAfter(s: Senses, i: number): Parsed<Days> | undefined {
  const { dayAfter } = senseAt(s, i);
  if (dayAfter === undefined) return undefined;
  const parts = [{ count: dayAfter, unit: 'day' }] as const;
  const anchor = parseDate(s, skip(s, i + 1, 'the'));
  return anchor ? oneDay(anchor.value.to + dayAfter, anchor.end) : laterDay(s, parts, 1, i + 1);
}

/** "in three days' time". */
function skipTail(s: Senses, i: number, direction: number): number {
  return direction === 1 && senseAt(s, i).ahead === 'after' ? i + 1 : i;
}
