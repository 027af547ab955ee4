import { fromCivilDay, isCivilDate, toCivilDay } from './civil-day.ts';
import { firstOfMonth, oneDay, span, type Days } from './days.ts';
import { nearMonthYear, nearYear } from './near-date.ts';
import { parseAmount } from './parse-amount.ts';
import { senseAt, skip, type Parsed, type Senses } from './senses.ts';

/** 2026-11-22, 22.11.2026, 11/22/26. */
export function readNumericDate(s: Senses, i: number): Parsed<Days> | undefined {
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

/** 2026年11月22日, 11月22号, 今年三月五日, 2026年3月, 11月. */
export function readMarkedDate(s: Senses, i: number): Parsed<Days> | undefined {
  const year = readMarkedYear(s, i);
  const monthAmount = parseAmount(s, year ? skip(s, year.end, 'of') : i);
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

export function readMonthSpan(s: Senses, month: number, year: number | undefined, end: number): Parsed<Days> {
  return wholeMonth(s, (year ?? nearMonthYear(s, month)) * 12 + month - 1, end);
}

/** A whole month, or its day where one follows at once: 下个月3号. */
export function wholeMonth(s: Senses, index: number, end: number): Parsed<Days> {
  const day = readDayNumber(s, skip(s, end, 'of'));
  const first = firstOfMonth(index);
  const { year, month } = fromCivilDay(first);
  if (day && isCivilDate(year, month, day.value)) return oneDay(toCivilDay(year, month, day.value), day.end);
  return span(first, firstOfMonth(index + 1) - 1, end);
}

/** 3号, 3日. */
export function readDayNumber(s: Senses, i: number): Parsed<number> | undefined {
  const amount = parseAmount(s, i);
  return amount && senseAt(s, amount.end).mark === 'day'
    ? { value: amount.value, end: amount.end + 1 }
    : undefined;
}
