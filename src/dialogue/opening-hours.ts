/** When people are there: stretches of the week in minutes from Monday 00:00, `to` excluded. Empty: never. */
export type OpeningHours = readonly OpenStretch[];

export interface OpenStretch {
  readonly from: number;
  readonly to: number;
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const minutesADay = 24 * 60;
const minutesAWeek = 7 * minutesADay;

/** Reads a week such as `{ "mon-fri": "9:00-18:00", sat: ["10:00-12:00", "13:00-16:00"] }`, whose shape was checked. */
export function parseOpeningHours(week: Readonly<Record<string, string | readonly string[]>>): OpeningHours {
  return Object.entries(week).flatMap(([days, stretches]) =>
    daysIn(days).flatMap((day) => [stretches].flat().map((stretch) => stretchOf(stretch, day * minutesADay))),
  );
}

function daysIn(days: string): readonly number[] {
  const [first = 0, last = first] = days.split('-').map((day) => weekdays.findIndex((each) => each === day));
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, at) => (first + at) % 7);
}

function stretchOf(stretch: string, dayStart: number): OpenStretch {
  const [from = 0, to = 0] = stretch.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  // A shift that ends at midnight or after it belongs to the day it begins on.
  return { from: dayStart + from, to: dayStart + (to > from ? to : to + minutesADay) };
}

/**
 * Finds when people are there next; epoch milliseconds.
 *
 * @returns `now` itself while they are there; `undefined` when they never are.
 */
export function opensAt(hours: OpeningHours, now: number, timeZone: string): number | undefined {
  const minute = minuteOfWeek(now, timeZone);
  if (hours.some(({ from, to }) => isWithin(minute, from, to))) return now;
  const waits = hours.map(({ from }) => (from - minute + minutesAWeek) % minutesAWeek);
  if (waits.length === 0) return undefined;
  const wait = Math.min(...waits);
  const guess = Math.floor(now / 60_000) * 60_000 + wait * 60_000;
  // Clocks may be changed in between.
  const off = (minute + wait - minuteOfWeek(guess, timeZone) + minutesAWeek) % minutesAWeek;
  return guess + (off > minutesAWeek / 2 ? off - minutesAWeek : off) * 60_000;
}

function isWithin(minute: number, from: number, to: number): boolean {
  return (minute >= from && minute < to) || minute + minutesAWeek < to;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function minuteOfWeek(epochMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
  const day = weekdays.findIndex((each) => each === parts.get('weekday')?.toLowerCase());
  return day * minutesADay + Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
}
