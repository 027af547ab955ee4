import {
  addMonths,
  daysInMonth,
  fromCivilDay,
  isCivilDate,
  toCivilDay,
  weekdayOf,
  type CivilDay,
} from './civil-day.ts';
import { parseAmount } from './parse-amount.ts';
import { parseDuration } from './parse-duration.ts';
import type { Sense, TimeUnit } from './sense.ts';
import { addUnits, isDayUnit, senseAt, skip, type Parsed, type Senses } from './senses.ts';

/** A day, or the days from `from` to `to` inclusive. */
export interface Days {
  readonly from: CivilDay;
  readonly to: CivilDay;
  /** Whether a span of days was named ("next week"), even one of a single day. */
  readonly span: boolean;
}

type DateReader = (s: Senses, i: number) => Parsed<Days> | undefined;

function oneDay(day: CivilDay, end: number): Parsed<Days> {
  return { value: { from: day, to: day, span: false }, end };
}

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

/** 2026-11-22, 22.11.2026, 11/22/26. */
function readNumericDate(s: Senses, i: number): Parsed<Days> | undefined {
  const written = s.tokens[i]?.numeral?.date;
  if (!written) return undefined;
  const { parts, separator, widths } = written;
  const [first = 0, second = 0, third] = parts;
  if (widths[0] === 4)
    return isCivilDate(first, second, third ?? 0)
      ? oneDay(toCivilDay(first, second, third ?? 0), i + 1)
      : undefined;
  const monthFirst = separator === '/' ? s.monthFirst || second > 12 : separator === '-' && s.monthFirst;
  const [month, day] = monthFirst && first <= 12 ? [first, second] : [second, first];
  if (third === undefined) return nearYear(s, month, day, i + 1);
  const year = third < 100 ? 2000 + third : third;
  return isCivilDate(year, month, day) ? oneDay(toCivilDay(year, month, day), i + 1) : undefined;
}

/** Puts a month and day into the coming year, or the past one where the text tells of the past. */
function nearYear(s: Senses, month: number, day: number, end: number): Parsed<Days> | undefined {
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

function readRelativeDay(s: Senses, i: number): Parsed<Days> | undefined {
  const { relativeDay } = senseAt(s, i);
  return relativeDay === undefined ? undefined : oneDay(s.clock.today + relativeDay, i + 1);
}

/** "3 days ago", "in two weeks", 三天前, vor 3 Tagen, "two weeks from Tuesday". */
function readAmountAway(s: Senses, i: number): Parsed<Days> | undefined {
  const { back, ahead } = senseAt(s, i);
  const before = back === 'before' ? -1 : ahead === 'before' ? 1 : undefined;
  const duration = parseDuration(s, before === undefined ? i : i + 1);
  if (!duration?.value.parts.every(({ unit }) => isDayUnit(unit))) return undefined;
  const after = senseAt(s, duration.end);
  const afterSign = after.back === 'after' ? -1 : after.ahead === 'after' ? 1 : undefined;
  if (before !== undefined)
    return oneDay(moved(s.clock.today, duration.value.parts, before), skipTail(s, duration.end, before));
  if (afterSign !== undefined)
    return oneDay(moved(s.clock.today, duration.value.parts, afterSign), duration.end + 1);
  if (!after.from) return undefined;
  const anchor = parseDate(s, duration.end + 1);
  return anchor && oneDay(moved(anchor.value.from, duration.value.parts, 1), anchor.end);
}

/** "in three days' time". */
function skipTail(s: Senses, i: number, direction: number): number {
  return direction === 1 && senseAt(s, i).ahead === 'after' ? i + 1 : i;
}

function moved(
  day: CivilDay,
  parts: readonly { readonly count: number; readonly unit: TimeUnit }[],
  sign: number,
): CivilDay {
  return parts.reduce((at, { count, unit }) => addUnits(at, sign * count, unit), day);
}

/** "next Tuesday", "last week", 下周二, semaine prochaine. */
function readShifted(s: Senses, i: number): Parsed<Days> | undefined {
  const the = skip(s, i, 'the');
  const first = senseAt(s, the);
  if (first.shift !== undefined) {
    if (first.unit !== undefined) return shiftedUnit(s, first.unit, first.shift, the + 1);
    const at = senseAt(s, the + 1).counter && senseAt(s, the + 1).number === undefined ? the + 2 : the + 1;
    return shifted(s, at, first, at + 1);
  }
  const after = senseAt(s, the + 1);
  return after.shift === undefined || after.unit !== undefined ? undefined : shifted(s, the, after, the + 2);
}

function shifted(
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

/** The weekdays of the weeks from Monday to Sunday; "last Monday" is the one just past. */
function shiftedWeekday(s: Senses, weekday: number, shift: number, latest: boolean): CivilDay {
  const { today } = s.clock;
  const day = today - weekdayOf(today) + weekday + 7 * shift;
  return latest && day + 7 < today ? day + 7 : day;
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
    case 'weekend':
      return span(monday + 5, monday + 6, end);
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

function span(from: CivilDay, to: CivilDay, end: number): Parsed<Days> {
  return { value: { from, to, span: true }, end };
}

function firstOfMonth(index: number): CivilDay {
  const year = Math.floor(index / 12);
  return toCivilDay(year, index - year * 12 + 1, 1);
}

/** A whole month, or its day where one follows at once: 下个月3号. */
function wholeMonth(s: Senses, index: number, end: number): Parsed<Days> {
  const day = readDayNumber(s, end);
  const first = firstOfMonth(index);
  const { year, month } = fromCivilDay(first);
  if (day && isCivilDate(year, month, day.value)) return oneDay(toCivilDay(year, month, day.value), day.end);
  return span(first, firstOfMonth(index + 1) - 1, end);
}

/** 3号, 3日. */
function readDayNumber(s: Senses, i: number): Parsed<number> | undefined {
  const amount = parseAmount(s, i);
  return amount && senseAt(s, amount.end).mark === 'day'
    ? { value: amount.value, end: amount.end + 1 }
    : undefined;
}

function shiftedMonth(s: Senses, month: number, shift: number, end: number): Parsed<Days> {
  const { year } = fromCivilDay(s.clock.today);
  const thisMonth = fromCivilDay(s.clock.today).month;
  const at = shift === 1 ? (month <= thisMonth ? 1 : 0) : shift === -1 ? (month >= thisMonth ? -1 : 0) : 0;
  return wholeMonth(s, (year + at) * 12 + month - 1, end);
}

/** A weekday alone is the coming one, today included; where the text tells of the past, the last one. */
function readWeekday(s: Senses, i: number): Parsed<Days> | undefined {
  const { weekday } = senseAt(s, i);
  if (weekday === undefined) return undefined;
  const { today } = s.clock;
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  const day = today + (s.past && ahead > 0 ? ahead - 7 : ahead);
  const joint = skip(s, skip(s, i + 1, 'comma'), 'the');
  const dated = readMonthAndDay(s, joint) ?? readDayAndMonth(s, joint);
  return dated ?? oneDay(day, i + 1);
}

/** 2026年11月22日, 11月22号, 今年三月五日, 2026年3月, 11月. */
function readMarkedDate(s: Senses, i: number): Parsed<Days> | undefined {
  const year = readMarkedYear(s, i);
  const monthAmount = parseAmount(s, year?.end ?? i);
  if (!monthAmount || senseAt(s, monthAmount.end).mark !== 'month')
    return year && span(toCivilDay(year.value, 1, 1), toCivilDay(year.value, 12, 31), year.end);
  const month = monthAmount.value;
  if (!Number.isInteger(month) || month < 1 || month > 12) return undefined;
  const at = monthAmount.end + 1;
  const day = readDayNumber(s, at) ?? bareDayNumber(s, at);
  if (!day) return readMonthSpan(s, month, year?.value, at);
  if (!year) return nearYear(s, month, day.value, day.end);
  return isCivilDate(year.value, month, day.value)
    ? oneDay(toCivilDay(year.value, month, day.value), day.end)
    : undefined;
}

function readMarkedYear(s: Senses, i: number): Parsed<number> | undefined {
  const { shift, unit } = senseAt(s, i);
  const thisYear = fromCivilDay(s.clock.today).year;
  if (shift !== undefined && unit === 'year') return { value: thisYear + shift, end: i + 1 };
  const amount = parseAmount(s, i);
  if (!amount || senseAt(s, amount.end).mark !== 'year' || !Number.isInteger(amount.value)) return undefined;
  const { value } = amount;
  if (value >= 1900 && value < 2200) return { value, end: amount.end + 1 };
  return value >= 10 && value < 50 && (s.tokens[i]?.numeral?.digits ?? 2) === 2
    ? { value: 2000 + value, end: amount.end + 1 }
    : undefined;
}

/** 11月22 without its mark, glued. */
function bareDayNumber(s: Senses, i: number): Parsed<number> | undefined {
  const amount = parseAmount(s, i);
  const glued = s.tokens[i]?.start === s.tokens[i - 1]?.end;
  if (!amount || !glued || amount.end !== i + 1 || amount.value > 31) return undefined;
  const after = senseAt(s, amount.end);
  return (after.unit ?? after.clock ?? after.currency) === undefined ? amount : undefined;
}

function readMonthSpan(s: Senses, month: number, year: number | undefined, end: number): Parsed<Days> {
  return wholeMonth(s, (year ?? nearMonthYear(s, month)) * 12 + month - 1, end);
}

function nearMonthYear(s: Senses, month: number): number {
  const now = fromCivilDay(s.clock.today);
  if (s.past) return month <= now.month ? now.year : now.year - 1;
  return month >= now.month ? now.year : now.year + 1;
}

/** "March 3rd", "March 3, 2026", "March 2026", "in March". */
function readMonthAndDay(s: Senses, i: number): Parsed<Days> | undefined {
  const { month, number, shift, verb } = senseAt(s, i);
  if (month === undefined) return undefined;
  const at = skip(s, i + 1, 'the');
  const day = dayOf(s, at);
  if (day) return withYear(s, month, day.value, day.end);
  const year = yearAt(s, skip(s, skip(s, i + 1, 'comma'), 'of'));
  if (year) return wholeMonth(s, year.value * 12 + month - 1, year.end);
  if ((verb && senseAt(s, i - 1).in === undefined) || number !== undefined || shift !== undefined)
    return undefined;
  return readMonthSpan(s, month, undefined, i + 1);
}

/** A day of a month, as cardinal or ordinal. */
function dayOf(s: Senses, i: number): Parsed<number> | undefined {
  const { ordinal, number, unit } = senseAt(s, i);
  const value = ordinal ?? number;
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > 31) return undefined;
  if (ordinal === undefined && unit === undefined) {
    const after = senseAt(s, i + 1);
    if (after.unit !== undefined || after.meridiem !== undefined || after.currency !== undefined)
      return undefined;
  }
  return { value, end: i + 1 };
}

function withYear(s: Senses, month: number, day: number, end: number): Parsed<Days> | undefined {
  const year = yearAt(s, skip(s, skip(s, end, 'comma'), 'of'));
  if (!year) return nearYear(s, month, day, end);
  return isCivilDate(year.value, month, day)
    ? oneDay(toCivilDay(year.value, month, day), year.end)
    : undefined;
}

function yearAt(s: Senses, i: number): Parsed<number> | undefined {
  const token = s.tokens[i];
  const value = token?.sense.number ?? 0;
  if (token?.numeral?.digits !== 4 || value < 1900 || value >= 2200) return undefined;
  const after = senseAt(s, i + 1);
  return after.currency === undefined && after.unit === undefined ? { value, end: i + 1 } : undefined;
}

/** "3 March", "the 3rd of March 2026", 3. März, 3 de marzo de 2026. */
function readDayAndMonth(s: Senses, i: number): Parsed<Days> | undefined {
  const at = skip(s, i, 'the');
  const { ordinal, number } = senseAt(s, at);
  const value = ordinal ?? number;
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > 31) return undefined;
  const monthAt = skip(s, at + 1, 'of');
  const { month } = senseAt(s, monthAt);
  if (month !== undefined) return withYear(s, month, value, monthAt + 1);
  const { shift, unit } = senseAt(s, skip(s, monthAt, 'the'));
  if (shift === undefined || monthAt === at + 1) return undefined;
  const unitAt = skip(s, monthAt, 'the') + (unit === 'month' ? 0 : 1);
  if (senseAt(s, unitAt).unit !== 'month') return undefined;
  const { year, month: now } = fromCivilDay(s.clock.today);
  const first = fromCivilDay(firstOfMonth(year * 12 + now - 1 + shift));
  return isCivilDate(first.year, first.month, value)
    ? oneDay(toCivilDay(first.year, first.month, value), unitAt + 1)
    : undefined;
}

/** "the 5th", "on the 5th", 5号: the next such day, or the last where the text tells of the past. */
function readDayOfMonth(s: Senses, i: number): Parsed<Days> | undefined {
  const marked = readDayNumber(s, i);
  if (marked) return nearDay(s, marked.value, marked.end);
  const at = skip(s, i, 'the');
  const { ordinal, unit, number } = senseAt(s, at);
  const dated = senseAt(s, i - 1).on === true || s.asked.has('date');
  if (ordinal === undefined || ordinal < 1 || unit !== undefined || number !== undefined || !dated)
    return undefined;
  return s.tokens[at]?.numeral === undefined && at === i ? undefined : nearDay(s, ordinal, at + 1);
}

function nearDay(s: Senses, day: number, end: number): Parsed<Days> | undefined {
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

/** Christmas, 元旦. */
function readNamedDay(s: Senses, i: number): Parsed<Days> | undefined {
  const { monthDay } = senseAt(s, i);
  return monthDay && nearYear(s, monthDay[0], monthDay[1], i + 1);
}

/** "the last three days", "the next 2 weeks", 最近三天, 过去一周. */
function readRecent(s: Senses, i: number): Parsed<Days> | undefined {
  const at = skip(s, i, 'the');
  const { shift, recent } = senseAt(s, at);
  const direction = recent ?? (shift === 1 || shift === -1 ? shift : undefined);
  if (direction === undefined) return undefined;
  const duration = parseDuration(s, at + 1);
  if (!duration?.value.parts.every(({ unit }) => isDayUnit(unit))) return undefined;
  const other = moved(s.clock.today, duration.value.parts, direction);
  return direction < 0 ? span(other, s.clock.today, duration.end) : span(s.clock.today, other, duration.end);
}

/** 月底, "end of the month", "beginning of next year", 下周初. */
function readBoundary(s: Senses, i: number): Parsed<Days> | undefined {
  const at = skip(s, i, 'the');
  const { boundary, unit } = senseAt(s, at);
  if (boundary === undefined) return readBoundaryAfter(s, i);
  if (unit !== undefined) return edge(shiftedUnit(s, unit, 0, at + 1), boundary, at + 1);
  const next = skip(s, skip(s, at + 1, 'of'), 'the');
  const unitSense = senseAt(s, next);
  const days =
    unitSense.unit !== undefined && unitSense.shift === undefined
      ? shiftedUnit(s, unitSense.unit, 0, next + 1)
      : (readShifted(s, next) ?? readMonthAndDay(s, next));
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

/**
 * Reads from one day to another: "next Tuesday to Friday", 下周二到周五, "from March 3 to 5".
 *
 * The second day is the first such day after the first one.
 */
export function parseDateRange(s: Senses, i: number): Parsed<Days> | undefined {
  const opening = senseAt(s, i);
  const at = opening.from || opening.between ? i + 1 : i;
  const first = parseDate(s, at) ?? readLeadingDay(s, at);
  if (!first) return undefined;
  const joint = senseAt(s, first.end);
  if (!joint.until && !(opening.between && joint.and))
    return first.value.span && at === i ? first : undefined;
  const second = readSecond(s, first.end + 1, first.value);
  if (!second) return first.value.span && at === i ? first : undefined;
  return span(first.value.from, second.value, second.end);
}

/** The 3 of "3-5 March" or "from 3 to 5 March". */
function readLeadingDay(s: Senses, i: number): Parsed<Days> | undefined {
  const day = dayOf(s, skip(s, i, 'the'));
  if (!day || !senseAt(s, day.end).until) return undefined;
  const whole = readDayAndMonth(s, day.end + 1) ?? readDayOfMonth(s, day.end + 1);
  if (!whole) return undefined;
  const { year, month } = fromCivilDay(whole.value.from);
  return isCivilDate(year, month, day.value)
    ? oneDay(toCivilDay(year, month, day.value), day.end)
    : undefined;
}

function readSecond(s: Senses, from: number, first: Days): Parsed<CivilDay> | undefined {
  const i = skip(s, from, 'the');
  const { weekday } = senseAt(s, i);
  if (weekday !== undefined) {
    const day = first.from + ((weekday - weekdayOf(first.from) + 7) % 7);
    const dated = readWeekday(s, i);
    return dated && dated.end > i + 1
      ? { value: dated.value.to, end: dated.end }
      : { value: day, end: i + 1 };
  }
  const next = parseDate(s, i);
  if (next && next.value.to >= first.from && !readDayNumber(s, i))
    return { value: next.value.to, end: next.end };
  const day = readDayNumber(s, i) ?? dayOf(s, i);
  if (day) {
    const { year, month, day: firstDay } = fromCivilDay(first.from);
    const value = toCivilDay(year, month, day.value);
    if (day.value > firstDay && isCivilDate(year, month, day.value)) return { value, end: day.end };
  }
  if (next && next.value.to < first.from) {
    const later = addMonths(next.value.to, 12);
    return later >= first.from ? { value: later, end: next.end } : undefined;
  }
  return undefined;
}
