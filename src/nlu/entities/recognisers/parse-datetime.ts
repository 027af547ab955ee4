import { durationSeconds, parseDuration } from './parse-duration.ts';
import { parseDate } from './parse-date.ts';
import { parseTime } from './parse-time.ts';
import type { DayPart } from './sense.ts';
import { isDayUnit, senseAt, skip, type Parsed, type Senses } from './senses.ts';
import { instantOf } from './zoned-time.ts';

/** Reads a day with a time, or an instant near to now; epoch milliseconds. */
export function parseDateTime(s: Senses, i: number): Parsed<number> | undefined {
  return readAway(s, i) ?? readDayThenTime(s, i) ?? readTimeThenDay(s, i);
}

/** "in half an hour", "20 minutes ago", 两小时后. */
function readAway(s: Senses, i: number): Parsed<number> | undefined {
  const { back, ahead } = senseAt(s, i);
  const before = back === 'before' ? -1 : ahead === 'before' ? 1 : undefined;
  const duration = parseDuration(s, before === undefined ? i : i + 1);
  if (!duration || duration.value.parts.every(({ unit }) => isDayUnit(unit))) return undefined;
  const after = senseAt(s, duration.end);
  const behind = after.back === 'after' ? -1 : after.ahead === 'after' ? 1 : undefined;
  const direction = before ?? behind;
  if (direction === undefined) return undefined;
  const end =
    before === undefined || behind === before ? duration.end + (behind === undefined ? 0 : 1) : duration.end;
  const minute = Math.floor(s.clock.now / 60_000) * 60_000;
  return { value: minute + direction * durationSeconds(duration.value) * 1000, end };
}

function readDayThenTime(s: Senses, i: number): Parsed<number> | undefined {
  const date = parseDate(s, i);
  const { dayPart: own } = senseAt(s, i);
  if (!date) return undefined;
  // 早一天 is a day earlier, and no hour of the morning.
  if (date.value.span || (own && date.value.later)) return undefined;
  if (own) return atPartOrTime(s, date.value.from, date.end, own);
  const joined = skip(s, skip(s, skip(s, skip(s, date.end, 'comma'), 'of'), 'in'), 'the');
  const { dayPart } = senseAt(s, joined);
  if (dayPart) return atPartOrTime(s, date.value.from, joined + 1, dayPart);
  const at = skip(s, skip(s, skip(s, date.end, 'comma'), 'of'), 'at');
  const time = parseTime(s, at);
  return time && { value: instant(s, date.value.from, time.value), end: time.end };
}

/** "tomorrow morning" stands for an hour of it, unless a time follows. */
function atPartOrTime(s: Senses, day: number, end: number, part: DayPart): Parsed<number> {
  const at = skip(s, skip(s, end, 'comma'), 'at');
  const time = parseTime(s, at, part);
  if (time) return { value: instant(s, nightDay(day, time.value, part), time.value), end: time.end };
  return { value: instant(s, day, part.hour * 60), end };
}

/** Midnight tonight, and one in the night, belong to the next day. */
function nightDay(day: number, minute: number, part: DayPart): number {
  return part.pm && part.hour >= 20 && minute < 180 ? day + 1 : day;
}

function readTimeThenDay(s: Senses, i: number): Parsed<number> | undefined {
  const time = parseTime(s, i);
  const plain = time ?? readNamedPart(s, i);
  if (!plain) return undefined;
  const at = skip(s, skip(s, skip(s, skip(s, plain.end, 'comma'), 'on'), 'of'), 'the');
  const date = parseDate(s, at);
  if (!date || date.value.span) return undefined;
  return { value: instant(s, date.value.from, plain.value), end: date.end };
}

/** "the morning of March 3rd". */
function readNamedPart(s: Senses, i: number): Parsed<number> | undefined {
  const { dayPart } = senseAt(s, i);
  return dayPart && { value: dayPart.hour * 60, end: i + 1 };
}

function instant(s: Senses, day: number, minute: number): number {
  return instantOf({ day, minute }, s.clock.timeZone);
}
