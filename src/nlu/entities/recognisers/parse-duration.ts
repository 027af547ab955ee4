import { parseAmount } from './parse-amount.ts';
import type { TimeUnit } from './sense.ts';
import { senseAt, unitSeconds, type Parsed, type Senses } from './senses.ts';

/** An amount of time: its parts as said, largest first. */
export interface Duration {
  readonly parts: readonly { readonly count: number; readonly unit: TimeUnit }[];
}

export function durationSeconds({ parts }: Duration): number {
  return Math.round(parts.reduce((sum, { count, unit }) => sum + count * unitSeconds(unit), 0));
}

/** Reads "2 hours and 30 minutes", "half an hour", 一个半小时, 两天半. */
export function parseDuration(s: Senses, i: number): Parsed<Duration> | undefined {
  const first = parsePart(s, i);
  if (!first) return undefined;
  const parts = [first.value];
  let end = first.end;
  for (;;) {
    const joint = senseAt(s, end);
    const next = parsePart(s, joint.and || joint.comma ? end + 1 : end);
    const last = parts.at(-1);
    if (!next || !last || unitSeconds(next.value.unit) >= unitSeconds(last.unit)) break;
    parts.push(next.value);
    end = next.end;
  }
  return { value: { parts }, end };
}

type Part = Duration['parts'][number];

function parsePart(s: Senses, i: number): Parsed<Part> | undefined {
  return parseShare(s, i) ?? parseCounted(s, i);
}

/** "half an hour", "a quarter of an hour", 半小时, 半个月. */
function parseShare(s: Senses, i: number): Parsed<Part> | undefined {
  const at = senseAt(s, i).article ? i + 1 : i;
  const { share, unit: own } = senseAt(s, at);
  if (share === undefined) return undefined;
  if (own !== undefined && at === i + 1) return { value: { count: share, unit: own }, end: at + 1 };
  const next = senseAt(s, at + 1).of ? at + 2 : at + 1;
  const unitAt = senseAt(s, next).article ? next + 1 : next;
  const sense = senseAt(s, unitAt);
  if (sense.unit === undefined || sense.share !== undefined) return undefined;
  return { value: { count: share, unit: sense.unit }, end: unitAt + 1 };
}

function parseCounted(s: Senses, i: number): Parsed<Part> | undefined {
  const article = senseAt(s, i).article;
  const amount = parseAmount(s, i) ?? (article ? { value: 1, end: i + 1 } : undefined);
  if (!amount) return undefined;
  const at = senseAt(s, amount.end).filler ? amount.end + 1 : amount.end;
  const { unit, share = 0, mark } = senseAt(s, at);
  // 3月 is March; three months are 3个月.
  if (unit === undefined || mark === 'month') return undefined;
  const half = parseHalfAfter(s, at + 1);
  return { value: { count: amount.value + share + half.value, unit }, end: half.end };
}

/** "an hour and a half", 两天半. */
function parseHalfAfter(s: Senses, i: number): Parsed<number> {
  const after = senseAt(s, i);
  if (after.and) {
    const at = senseAt(s, i + 1).article ? i + 2 : i + 1;
    const { share, unit } = senseAt(s, at);
    if (share !== undefined && unit === undefined && at === i + 2) return { value: share, end: at + 1 };
  }
  const glued = s.tokens[i]?.start === s.tokens[i - 1]?.end;
  if (
    after.share !== undefined &&
    (glued || after.joined) &&
    after.unit === undefined &&
    senseAt(s, i + 1).unit === undefined
  )
    return { value: after.share, end: i + 1 };
  return { value: 0, end: i };
}
