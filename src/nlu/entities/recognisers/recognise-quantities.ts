import type { EntityKind, EntityValue, Later } from '../../recognizer.ts';
import { formatCivilDay } from './civil-day.ts';
import { parseNumber, parseOrdinal, parsePercentage } from './parse-amount.ts';
import { parseDate } from './parse-date.ts';
import { parseDateRange } from './parse-date-range.ts';
import type { Days } from './days.ts';
import { parseDateTime } from './parse-datetime.ts';
import { durationSeconds, parseDuration } from './parse-duration.ts';
import { parseMoney } from './parse-money.ts';
import { parseTime } from './parse-time.ts';
import { senseAt, type Parsed, type Senses } from './senses.ts';
import { formatInstant, formatMinute } from './zoned-time.ts';

/** Something that a recogniser found; `start` and `end` in UTF-16 units of the text. */
export interface Found {
  readonly kind: EntityKind;
  readonly start: number;
  readonly end: number;
  readonly value: EntityValue;
  /** For a day that is counted from one told of before. */
  readonly later?: Later | undefined;
}

interface Read extends Parsed<EntityValue> {
  readonly later?: Later | undefined;
}

type Reader = (s: Senses, i: number) => Read | undefined;

function reading<T>(
  parse: (s: Senses, i: number) => Parsed<T> | undefined,
  format: (value: T, s: Senses) => EntityValue,
): Reader {
  return (s, i) => {
    const found = parse(s, i);
    return found && { value: format(found.value, s), end: found.end };
  };
}

function formatDays({ from, to }: Days): EntityValue {
  return { from: formatCivilDay(from), to: formatCivilDay(to) };
}

function parseOneDay(s: Senses, i: number): Parsed<Days> | undefined {
  const found = parseDate(s, i);
  return found?.value.span === false ? found : undefined;
}

function readDay(s: Senses, i: number): Read | undefined {
  const found = parseOneDay(s, i);
  if (!found) return undefined;
  const { from, later } = found.value;
  return { value: formatCivilDay(from), end: found.end, ...(later ? { later } : {}) };
}

/** In order of preference where two read equally far. */
const readers: readonly (readonly [EntityKind, Reader])[] = [
  ['date_range', reading(parseDateRange, formatDays)],
  ['datetime', reading(parseDateTime, (instant, s) => formatInstant(instant, s.clock.timeZone))],
  ['date', readDay],
  ['time', reading(parseTime, formatMinute)],
  ['duration', reading(parseDuration, (duration) => ({ seconds: durationSeconds(duration) }))],
  ['money', reading(parseMoney, ({ amount, currency }) => ({ amount, currency }))],
  ['percentage', reading(parsePercentage, (value) => value)],
  ['ordinal', reading(parseOrdinal, (value) => value)],
  ['number', reading(parseNumber, (value) => value)],
];

/** Finds quantities and times from left to right: at each place the longest reading, or that of a kind just asked for. */
export function recogniseQuantities(s: Senses, kinds: ReadonlySet<EntityKind>): readonly Found[] {
  const found: Found[] = [];
  for (let i = 0; i < s.tokens.length;) {
    const best = isMeaningful(s, i) ? readBest(s, i, kinds) : undefined;
    const first = s.tokens[i];
    const last = best && s.tokens[best.end - 1];
    if (!best || !first || !last) {
      i++;
      continue;
    }
    const { end, ...read } = best;
    found.push({ ...read, start: first.start, end: last.end });
    i = end;
  }
  return found;
}

function isMeaningful(s: Senses, i: number): boolean {
  for (const _ in senseAt(s, i)) return true;
  return false;
}

interface Best extends Read {
  readonly kind: EntityKind;
}

function readBest(s: Senses, i: number, kinds: ReadonlySet<EntityKind>): Best | undefined {
  let best: Best | undefined;
  let asked: Best | undefined;
  for (const [kind, read] of readers) {
    if (!kinds.has(kind)) continue;
    const found = read(s, i);
    if (!found) continue;
    if (!best || found.end > best.end) best = { kind, ...found };
    if (s.asked.has(kind) && (!asked || found.end > asked.end)) asked = { kind, ...found };
  }
  return asked ?? best;
}
