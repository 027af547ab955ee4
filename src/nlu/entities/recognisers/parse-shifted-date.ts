import { fromCivilDay, toCivilDay, weekdayOf, type CivilDay } from './civil-day.ts';
import { firstOfMonth, laterDay, moved, oneDay, span, type Days } from './days.ts';
import { parseAmount } from './parse-amount.ts';
import { parseDuration, type Duration } from './parse-duration.ts';
import { readMarkedDate, wholeMonth } from './parse-numbered-date.ts';
import { readMonthAndDay } from './parse-worded-date.ts';
import type { Sense, TimeUnit } from './sense.ts';
import { isDayUnit, senseAt, skip, type Parsed, type Senses } from './senses.ts';

export function readRelativeDay(s: Senses, i: number): Parsed<Days> | undefined {
  const { relativeDay, then } = senseAt(s, i);
  if (relativeDay === undefined) return undefined;
  return then
    ? laterDay(s, [{ count: relativeDay, unit: 'day' }], 1, i + 1)
    : oneDay(s.clock.today + relativeDay, i + 1);
}

/** "next Tuesday", "last week", 下周二, semaine prochaine. */
export function readShifted(s: Senses, i: number): Parsed<Days> | undefined {
  const the = skip(s, i, 'the');
  const first = senseAt(s, the);
  if (first.shift !== undefined) {
    if (first.unit !== undefined) return shiftedUnit(s, first.unit, first.shift, the + 1);
    const at = senseAt(s, the + 1).counter && senseAt(s, the + 1).number === undefined ? the + 2 : the + 1;
    return shifted(s, at, first, at + 1);
  }
  const after = senseAt(s, the + 1);
  if (isAfterNext(s, the + 1)) return shifted(s, the, { shift: 2 }, the + 3);
  return after.shift === undefined || after.unit !== undefined ? undefined : shifted(s, the, after, the + 2);
}

/** "The weekend after next", with nothing after it that would be the next one. */
function isAfterNext(s: Senses, i: number): boolean {
  const { weekday, unit, month } = senseAt(s, i + 2);
  const isNamed = (weekday ?? unit ?? month) !== undefined;
  return senseAt(s, i).after === true && senseAt(s, i + 1).shift === 1 && !isNamed;
}

export function shifted(
  s: Senses,
  at: number,
  { shift = 0, latest = false }: Sense,
  end: number,
): Parsed<Days> | undefined {
  const { weekday, unit, month, boundary } = senseAt(s, at);
  if (weekday !== undefined) return oneDay(shiftedWeekday(s, weekday, shift, latest), end);
  if (unit !== undefined) {
    const days = shiftedUnit(s, unit, shift, end);
    return boundary ? edge(days, boundary, end) : days;
  }
  return month === undefined ? undefined : shiftedMonth(s, month, shift, end);
}

/** The weekdays of the weeks from Monday to Sunday; "last Monday" is the one just past, "this Monday" one to come. */
function shiftedWeekday(s: Senses, weekday: number, shift: number, latest: boolean): CivilDay {
  const { today } = s.clock;
  const day = today - weekdayOf(today) + weekday + 7 * shift;
  return (latest && day + 7 < today) || isOver(s, day, shift) ? day + 7 : day;
}

/** Whether a day of this week lies behind, in a text that tells of nothing past: on a Sunday "this Friday" is the next one. */
function isOver(s: Senses, day: CivilDay, shift: number): boolean {
  return shift === 0 && !s.past && day < s.clock.today;
}

function shiftedUnit(s: Senses, unit: TimeUnit, shift: number, end: number): Parsed<Days> | undefined {
  const { today } = s.clock;
  const { year, month } = fromCivilDay(today);
  const monday = today - weekdayOf(today) + 7 * shift;
  switch (unit) {
    case 'week': {
      const next = skip(s, end, 'of');
      const { weekday } = senseAt(s, next);
      const adjoining = s.tokens[end]?.start === s.tokens[end - 1]?.end;
      if (weekday !== undefined && adjoining) return oneDay(monday + weekday, next + 1);
      return span(monday, monday + 6, end);
    }
    case 'weekend': {
      const saturday = monday + 5 + (isOver(s, monday + 5, shift) ? 7 : 0);
      return span(saturday, saturday + 1, end);
    }
    case 'month':
      return wholeMonth(s, year * 12 + month - 1 + shift, end);
    case 'quarter': {
      const first = year * 12 + Math.floor((month - 1) / 3) * 3 + 3 * shift;
      return span(firstOfMonth(first), firstOfMonth(first + 3) - 1, end);
    }
    case 'year':
      return span(toCivilDay(year + shift, 1, 1), toCivilDay(year + shift, 12, 31), end);
    case 'day':
      return shift === 0 ? undefined : oneDay(today + shift, end);
    default:
      return undefined;
  }
}

function shiftedMonth(s: Senses, month: number, shift: number, end: number): Parsed<Days> {
  const { year } = fromCivilDay(s.clock.today);
  const thisMonth = fromCivilDay(s.clock.today).month;
  const at = shift === 1 ? (month <= thisMonth ? 1 : 0) : shift === -1 ? (month >= thisMonth ? -1 : 0) : 0;
  return wholeMonth(s, (year + at) * 12 + month - 1, end);
}

/** "the last three days", "the next 2 weeks", 最近三天, 过去一周, "les trois derniers jours". */
export function readRecent(s: Senses, i: number): Parsed<Days> | undefined {
  const at = skip(s, i, 'the');
  const direction = directionAt(s, at);
  if (direction === undefined) return readCountedRecent(s, at);
  const duration = parseDuration(s, at + 1);
  return duration?.value.parts.every(({ unit }) => isDayUnit(unit))
    ? fromToday(s, duration.value.parts, direction, duration.end)
    : undefined;
}

/** "les trois derniers jours": the number first. */
function readCountedRecent(s: Senses, i: number): Parsed<Days> | undefined {
  const amount = parseAmount(s, i);
  const direction = amount && directionAt(s, amount.end);
  const { unit } = senseAt(s, (amount?.end ?? i) + 1);
  if (!amount || direction === undefined || unit === undefined || !isDayUnit(unit)) return undefined;
  return fromToday(s, [{ count: amount.value, unit }], direction, amount.end + 2);
}

function directionAt(s: Senses, i: number): 1 | -1 | undefined {
  const { recent, shift } = senseAt(s, i);
  return recent ?? (shift === 1 || shift === -1 ? shift : undefined);
}

function fromToday(s: Senses, parts: Duration['parts'], direction: 1 | -1, end: number): Parsed<Days> {
  const { today } = s.clock;
  const other = moved(today, parts, direction);
  return direction < 0 ? span(other, today, end) : span(today, other, end);
}

/** 月底, "end of the month", "beginning of next year", 下周初. */
export function readBoundary(s: Senses, i: number): Parsed<Days> | undefined {
  const at = skip(s, i, 'the');
  const { boundary, unit } = senseAt(s, at);
  if (boundary === undefined) return readBoundaryAfter(s, i);
  if (unit !== undefined) return edge(shiftedUnit(s, unit, 0, at + 1), boundary, at + 1);
  const next = skip(s, skip(s, at + 1, 'of'), 'the');
  const unitSense = senseAt(s, next);
  const days =
    readShifted(s, next) ??
    (unitSense.unit === undefined ? readMonthAndDay(s, next) : shiftedUnit(s, unitSense.unit, 0, next + 1));
  return days && edge(days, boundary, days.end);
}

function readBoundaryAfter(s: Senses, i: number): Parsed<Days> | undefined {
  const days = readShifted(s, i) ?? readMarkedDate(s, i);
  const boundary = days && senseAt(s, days.end).boundary;
  return boundary && senseAt(s, days.end).unit === undefined ? edge(days, boundary, days.end + 1) : undefined;
}

function edge(
  days: Parsed<Days> | undefined,
  boundary: 'start' | 'end',
  end: number,
): Parsed<Days> | undefined {
  return days && oneDay(boundary === 'start' ? days.value.from : days.value.to, end);
}
