import { formatCivilDay, toCivilDay, twoDigits, type CivilDay } from './civil-day.ts';

/** What a clock on the wall shows. */
export interface WallTime {
  readonly day: CivilDay;
  /** Minutes since midnight. */
  readonly minute: number;
}

const minuteMs = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = createFormat(timeZone);
  formats.set(timeZone, format);
  return format;
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  const parts = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...parts });
  } catch {
    return new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', hourCycle: 'h23', ...parts });
  }
}

/** The last answer: messages that come within a minute are many, and a format takes longer than all else that reads them. */
let last: { minute: number; timeZone: string; wall: WallTime } = {
  minute: NaN,
  timeZone: '',
  wall: { day: 0, minute: 0 },
};

/** @param timeZone - An IANA name; an unknown one counts as UTC. */
export function wallTimeAt(epochMs: number, timeZone: string): WallTime {
  const minute = Math.floor(epochMs / minuteMs);
  if (last.minute !== minute || last.timeZone !== timeZone)
    last = { minute, timeZone, wall: readWall(epochMs, timeZone) };
  return last.wall;
}

function readWall(epochMs: number, timeZone: string): WallTime {
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0] = formatOf(timeZone)
    .format(epochMs)
    .split(/[^\d]+/)
    .map(Number);
  return { day: toCivilDay(year, month, day), minute: hour * 60 + minute };
}

function offsetMinutes(epochMs: number, timeZone: string): number {
  const { day, minute } = wallTimeAt(epochMs, timeZone);
  return day * 1440 + minute - Math.floor(epochMs / minuteMs);
}

/**
 * Finds the instant at which the wall shows a time.
 *
 * A time that the clocks skip is moved on by what they skip; of one they show twice, the first is meant.
 */
export function instantOf({ day, minute }: WallTime, timeZone: string): number {
  const asUtc = (day * 1440 + minute) * minuteMs;
  const before = offsetMinutes(asUtc - 86_400_000, timeZone);
  const after = offsetMinutes(asUtc + 86_400_000, timeZone);
  const first = asUtc - before * minuteMs;
  if (before === after || offsetMinutes(first, timeZone) === before) return first;
  const second = asUtc - after * minuteMs;
  return offsetMinutes(second, timeZone) === after ? second : first;
}

/** @returns `YYYY-MM-DDTHH:MM±HH:MM`. */
export function formatInstant(epochMs: number, timeZone: string): string {
  const wall = wallTimeAt(epochMs, timeZone);
  const offset = wall.day * 1440 + wall.minute - Math.floor(epochMs / minuteMs);
  const sign = offset < 0 ? '-' : '+';
  const size = Math.abs(offset);
  return `${formatCivilDay(wall.day)}T${formatMinute(wall.minute)}${sign}${formatMinute(size)}`;
}

/** @returns `HH:MM`. */
export function formatMinute(minute: number): string {
  return `${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}
