import { parseAmount } from './parse-amount.ts';
import type { DayPart, Sense } from './sense.ts';
import { senseAt, type Parsed, type Senses } from './senses.ts';

/** Minutes since midnight. */
export type TimeOfDay = number;

/**
 * Reads a time of day: 3pm, 15:30, "half past three", 下午三点半, "3 in the afternoon".
 *
 * @param given - The part of the day that was said before it, with a date.
 */
export function parseTime(s: Senses, i: number, given?: DayPart): Parsed<TimeOfDay> | undefined {
  const { dayPart, namedTime, clock } = senseAt(s, i);
  if (dayPart && !given) {
    const next = senseAt(s, i + 1).at || senseAt(s, i + 1).comma ? i + 2 : i + 1;
    const time = next === i + 1 && isPronoun(s, next) ? undefined : parseTime(s, next, dayPart);
    if (time) return time;
  }
  if (namedTime !== undefined && clock === undefined) return withShare(s, namedTime, i + 1);
  const spoken = parsePastHour(s, i) ?? parseHour(s, i, given);
  return spoken && placeInDay(s, spoken, given);
}

/** "The morning one": one of several, and no hour. */
function isPronoun({ tokens }: Senses, i: number): boolean {
  const token = tokens[i];
  return token?.sense.number === 1 && token.numeral === undefined && token.han !== true;
}

/** "midi et demi". */
function withShare(s: Senses, minute: TimeOfDay, end: number): Parsed<TimeOfDay> {
  const { joined, share = 0 } = senseAt(s, end);
  return joined ? { value: minute + share * 60, end: end + 1 } : { value: minute, end };
}

/** "3 heures et quart" is a time, "3 heures et demie" an amount of time unless more is said. */
function isTimeShare({ share, joined }: Sense): boolean {
  return share !== undefined && joined !== true;
}

/** A time on a clock of twelve hours, until something says which half of the day. */
interface ClockReading {
  readonly minute: number;
  readonly end: number;
  /** Whether the writing already tells the half of the day: 15:00, 03:00. */
  readonly certain: boolean;
}

/** "half past three", "quarter to five", "ten minutes past six", halb drei. */
function parsePastHour(s: Senses, i: number): ClockReading | undefined {
  const at = senseAt(s, i).article ? i + 1 : i;
  const { share, pastHour: ownDirection } = senseAt(s, at);
  const amount = share === undefined ? parseAmount(s, at) : undefined;
  const minutes = share === undefined ? amount?.value : share * 60;
  if (minutes === undefined || minutes <= 0 || minutes >= 60) return undefined;
  let next = share === undefined ? (amount?.end ?? at) : at + 1;
  const isMinutes = senseAt(s, next).unit === 'minute';
  if (isMinutes) next++;
  const direction = ownDirection ?? senseAt(s, next).pastHour;
  if (direction === undefined) return undefined;
  const hour = parseAmount(s, ownDirection === undefined ? next + 1 : next);
  if (!hour || !isHour(hour.value, 12)) return undefined;
  const spokenTo = direction === -1 && share === undefined && !isMinutes && minutes % 5 !== 0;
  if (spokenTo || senseAt(s, hour.end).unit !== undefined) return undefined;
  const end = senseAt(s, hour.end).clock ? hour.end + 1 : hour.end;
  const minute = (hour.value % 12) * 60 + direction * minutes;
  return { minute: minute < 0 ? minute + 720 : minute, end, certain: false };
}

function isHour(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}

function parseHour(s: Senses, i: number, given: DayPart | undefined): ClockReading | undefined {
  const numeral = s.tokens[i]?.numeral;
  if (numeral?.clock !== undefined) {
    const start = s.tokens[i]?.start ?? 0;
    const zeroed = numeral.clock < 600 && numeral.end - start >= 5;
    const end = senseAt(s, i + 1).clock && senseAt(s, i + 1).number === undefined ? i + 2 : i + 1;
    return { minute: numeral.clock, end, certain: numeral.clock >= 780 || numeral.clock < 60 || zeroed };
  }
  const hour = parseAmount(s, i);
  if (!hour || !isHour(hour.value, 24)) return undefined;
  const after = senseAt(s, hour.end);
  if (after.clock && after.share !== undefined && after.unit === undefined) {
    return { minute: (hour.value + after.share) * 60, end: hour.end + 1, certain: hour.value > 12 };
  }
  // "3 heures" is an amount of time, "à 3 heures" and "3 heures 30" are times.
  const told =
    after.unit === undefined ||
    senseAt(s, i - 1).at === true ||
    given !== undefined ||
    s.asked.has('time') ||
    isTimeShare(senseAt(s, hour.end + 1)) ||
    senseAt(s, hour.end + 1).number !== undefined;
  if (after.clock && told) return parseMinutes(s, i, hour, given);
  if (after.meridiem) return { minute: hour.value * 60, end: hour.end, certain: hour.value > 12 };
  // "à une personne" is no time.
  const named = senseAt(s, i).article && senseAt(s, i - 1).until;
  const bare =
    given !== undefined || (senseAt(s, i - 1).at && !named) || (s.asked.has('time') && !after.currency);
  const counted =
    after.unit ??
    after.currency ??
    after.percent ??
    after.month ??
    after.mark ??
    after.counter ??
    after.scale;
  // "Three nights" are a stay.
  const partOfDay = after.dayPart !== undefined && after.unit === undefined;
  const spoken = partOfDay || (bare && counted === undefined && hour.end === i + 1);
  return spoken
    ? { minute: hour.value * 60, end: hour.end, certain: hour.value > 12 || hour.value === 0 }
    : undefined;
}

/** What follows the hour's mark: 三点 半, 三点 一刻, 三点 二十 (分), 15 Uhr 30. */
function parseMinutes(
  s: Senses,
  i: number,
  hour: Parsed<number>,
  given: DayPart | undefined,
): ClockReading | undefined {
  const certain = hour.value > 12 || hour.value === 0;
  const at = hour.end + 1;
  const { share, unit } = senseAt(s, at);
  if (share !== undefined && unit === undefined)
    return { minute: (hour.value + share) * 60, end: at + 1, certain };
  const minutes = parseAmount(s, at);
  if (minutes && isHour(minutes.value, 59)) {
    const marked = senseAt(s, minutes.end).mark === 'minute';
    const glued = s.tokens[at]?.start === s.tokens[at - 1]?.end;
    const after = senseAt(s, minutes.end);
    const counted = after.unit ?? after.currency ?? after.counter;
    const joins = glued || senseAt(s, hour.end).hourMark === true;
    // 三点五 alone is 3.5, 三点五十 a time.
    if (marked || (joins && counted === undefined && (minutes.value >= 10 || given !== undefined))) {
      return {
        minute: hour.value * 60 + minutes.value,
        end: marked ? minutes.end + 1 : minutes.end,
        certain,
      };
    }
    if (glued && s.tokens[at]?.han === true && minutes.value < 10 && s.tokens[i]?.han === true)
      return undefined;
  }
  // 一点 alone is "a little".
  const little =
    s.tokens[i]?.han === true &&
    hour.value === 1 &&
    !given &&
    senseAt(s, hour.end).clock === true &&
    !s.asked.has('time') &&
    senseAt(s, i - 1).at === undefined &&
    s.tokens[hour.end]?.end === (s.tokens[hour.end]?.start ?? 0) + 1;
  return little ? undefined : { minute: hour.value * 60, end: at, certain };
}

function placeInDay(
  s: Senses,
  { minute, end, certain }: ClockReading,
  given: DayPart | undefined,
): Parsed<TimeOfDay> {
  const { meridiem } = senseAt(s, end);
  if (meridiem && !certain)
    return { value: wrap((minute % 720) + (meridiem === 'pm' ? 720 : 0)), end: end + 1 };
  if (meridiem) return { value: wrap(minute), end: end + 1 };
  const { dayPart } = senseAt(s, end);
  const part = given ?? dayPart;
  const past = dayPart && !given ? end + 1 : end;
  if (certain) return { value: wrap(minute), end: past };
  if (part) return { value: wrap(inPart(minute, part)), end: past };
  const afternoon = s.twelveHours && minute < 420;
  return { value: wrap(afternoon ? minute + 720 : minute), end };
}

/** Twelve at night is midnight; other hours of an afternoon or evening lie after noon. */
function inPart(minute: number, part: DayPart): number {
  if (!part.pm) return minute >= 720 && part.hour < 6 ? minute - 720 : minute;
  if (minute < 720 && minute >= 0) return part.hour >= 20 && minute < 60 ? minute : minute + 720;
  return part.hour >= 20 && minute >= 720 && minute < 780 ? minute - 720 : minute;
}

function wrap(minute: number): number {
  return ((Math.round(minute) % 1440) + 1440) % 1440;
}
