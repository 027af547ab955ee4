import { addMonths, fromCivilDay, isCivilDate, toCivilDay, weekdayOf, type CivilDay } from './civil-day.ts';
import { oneDay, span, type Days } from './days.ts';
import { parseDate } from './parse-date.ts';
import { readDayNumber } from './parse-numbered-date.ts';
import { nearDay } from './near-date.ts';
import { dayOf, readDayAndMonth, readDayOfMonth, readWeekday } from './parse-worded-date.ts';
import { senseAt, skip, type Parsed, type Senses } from './senses.ts';

/**
 * Reads from one day to another: "next Tuesday to Friday", 下周二到周五, "from March 3 to 5".
 *
 * The second day is the first such day after the first one.
 */
export function parseDateRange(s: Senses, i: number): Parsed<Days> | undefined {
  const opening = senseAt(s, i);
  const at = opening.from || opening.between ? skip(s, i + 1, 'the') : i;
  const first = parseDate(s, at) ?? readLeadingDay(s, at) ?? readLeadingOrdinal(s, i, at);
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

/** The 10th of "from the 10th to the 12th": of two days by their place alone, with digits, or after "from". */
function readLeadingOrdinal(s: Senses, opening: number, i: number): Parsed<Days> | undefined {
  const at = skip(s, i, 'the');
  const { ordinal } = senseAt(s, at);
  if (ordinal === undefined || !senseAt(s, at + 1).until) return undefined;
  if (s.tokens[at]?.numeral === undefined && at === opening) return undefined;
  const second = skip(s, at + 2, 'the');
  return (senseAt(s, second).ordinal ?? 0) > 0 ? nearDay(s, ordinal, at + 1) : undefined;
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
    // "The 28th to the 3rd" ends in the next month.
    if (day.value < firstDay && senseAt(s, day.end - 1).number === undefined)
      return { value: addMonths(toCivilDay(year, month, 1), 1) + day.value - 1, end: day.end };
  }
  if (next && next.value.to < first.from) {
    // "Next Friday to next Monday": a weekday named with its week is still the one after the first day.
    if (senseAt(s, next.end - 1).weekday !== undefined)
      return {
        value: first.from + ((weekdayOf(next.value.to) - weekdayOf(first.from) + 7) % 7),
        end: next.end,
      };
    const later = addMonths(next.value.to, 12);
    return later >= first.from ? { value: later, end: next.end } : undefined;
  }
  return undefined;
}
