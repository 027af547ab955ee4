import { fromCivilDay, isCivilDate, toCivilDay, weekdayOf } from './civil-day.ts';
import { firstOfMonth, oneDay, type Days } from './days.ts';
import { nearDay, nearYear } from './near-date.ts';
import { readDayNumber, readMonthSpan, wholeMonth } from './parse-numbered-date.ts';
import { senseAt, skip, type Parsed, type Senses } from './senses.ts';

/** A weekday alone is the coming one, today included, a week later with "week" after it; where the text tells of the past, the last one. */
export function readWeekday(s: Senses, i: number): Parsed<Days> | undefined {
  const { weekday, verb } = senseAt(s, i);
  if (weekday === undefined) return undefined;
  const { today } = s.clock;
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  const day = today + (s.past && ahead > 0 ? ahead - 7 : ahead);
  const joint = skip(s, skip(s, i + 1, 'comma'), 'the');
  const dated = readMonthAndDay(s, joint) ?? readDayAndMonth(s, joint);
  if (dated || (verb && !isAmongDays(s, i))) return dated;
  // "Saturday week".
  return senseAt(s, i + 1).unit === 'week' ? oneDay(day + 7, i + 2) : oneDay(day, i + 1);
}

/** Whether the words beside a token are those that stand beside days: "sat to sun", "on sat". */
function isAmongDays(s: Senses, i: number): boolean {
  const [before, after] = [senseAt(s, i - 1), senseAt(s, i + 1)];
  const said = [before.on, before.from, before.between, before.until, after.until];
  return s.asked.has('date') || said.includes(true);
}

/** "March 3rd", "March 3, 2026", "March 2026", "in March". */
export function readMonthAndDay(s: Senses, i: number): Parsed<Days> | undefined {
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
export function dayOf(s: Senses, i: number): Parsed<number> | undefined {
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
export function readDayAndMonth(s: Senses, i: number): Parsed<Days> | undefined {
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
export function readDayOfMonth(s: Senses, i: number): Parsed<Days> | undefined {
  const marked = readDayNumber(s, i);
  if (marked) return nearDay(s, marked.value, marked.end);
  const at = skip(s, i, 'the');
  const { ordinal, unit, number } = senseAt(s, at);
  const dated =
    senseAt(s, i - 1).on === true || s.asked.has('date') || isLate(s, i, at) || isEndOfStretch(s, i, at);
  if (ordinal === undefined || ordinal < 1 || unit !== undefined || number !== undefined || !dated)
    return undefined;
  return s.tokens[at]?.numeral === undefined && at === i ? undefined : nearDay(s, ordinal, at + 1);
}

/** "The 25th", with nothing of its own after it: of so many things nobody chooses by number. */
function isLate({ tokens }: Senses, i: number, at: number): boolean {
  const token = tokens[at];
  return at > i && token?.numeral !== undefined && (token.sense.ordinal ?? 0) > 12;
}

/** "From the 3rd", "until the 5th", with nothing after it that it could be the third of. */
function isEndOfStretch(s: Senses, i: number, at: number): boolean {
  const before = senseAt(s, i - 1);
  if ((!before.from && !before.until) || at === i || s.tokens[at]?.numeral === undefined) return false;
  const next = senseAt(s, at + 1);
  return s.tokens[at + 1] === undefined || (Object.keys(next).length > 0 && !next.counter);
}

/** Christmas, 元旦. */
export function readNamedDay(s: Senses, i: number): Parsed<Days> | undefined {
  const { monthDay } = senseAt(s, i);
  return monthDay && nearYear(s, monthDay[0], monthDay[1], i + 1);
}
