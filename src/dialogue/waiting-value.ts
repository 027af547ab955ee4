import type { Json, JsonObject } from '../json.ts';
import type { Period } from '../nlu/recognizer.ts';

/** What is said against a value that is not known yet: "for three nights" before the first day, "one more" before how many there are. */
export interface WaitingValue {
  /** Slots of which the first that has a value is the one that it is said against. */
  readonly after: readonly string[];
  /** How long after that day, or how many more than that number. */
  readonly by: Period | number;
}

export function isWaiting(value: Json): value is WaitingValue & Json {
  return typeof value === 'object' && value !== null && 'after' in value && 'by' in value;
}

/** The value that is meant, once one that it is said against is known. */
export function knownValue({ after, by }: WaitingValue, slots: JsonObject): Json | undefined {
  const than = after.map((slot) => slots[slot] ?? null).find((value) => value !== null);
  if (typeof by === 'number') return typeof than === 'number' ? than + by : undefined;
  return typeof than === 'string' ? laterDay(than, by) : undefined;
}

/** The day that lies so long after another one; the end of a month that has no such day. */
export function laterDay(day: string, { months, days }: Period): string {
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const date = at.getUTCDate();
  at.setUTCDate(1);
  at.setUTCMonth(at.getUTCMonth() + months);
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  at.setUTCDate(Math.min(date, last) + days);
  return at.toISOString().slice(0, 10);
}
