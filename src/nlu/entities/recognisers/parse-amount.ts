import { isGlued, senseAt, type Parsed, type Senses } from './senses.ts';

/** Reads a cardinal: digits or words, with hundreds, thousands and so on, and "and a half". */
export function parseAmount(s: Senses, i: number): Parsed<number> | undefined {
  const first = senseAt(s, i);
  if (first.alone && first.number === undefined) return withHalf(s, readScales(s, i, 1));
  const start = first.number ?? first.vague ?? (first.article && isMultiplied(s, i + 1) ? 1 : undefined);
  if (start === undefined) return undefined;
  return withHalf(s, readScales(s, i + 1, start));
}

function isMultiplied(s: Senses, i: number): boolean {
  return (senseAt(s, i).scale ?? 0) >= 100;
}

function readScales(s: Senses, from: number, start: number): Parsed<number> {
  let total = 0;
  let current = start;
  let lowest = Number.POSITIVE_INFINITY;
  let i = from;
  for (;;) {
    const { scale } = senseAt(s, i);
    if (scale !== undefined && scale < lowest) {
      if (scale === 100 && current < 100) current *= 100;
      else {
        total += current * scale;
        current = 0;
        lowest = scale;
      }
      i++;
      continue;
    }
    const next = senseAt(s, i).and ? i + 1 : i;
    const { number } = senseAt(s, next);
    const room = current === 0 ? Math.min(lowest, 1000) : 100;
    const joins = i > from && number !== undefined && number < room && (current === 0 || current % 100 === 0);
    if (!joins || s.tokens[next]?.numeral !== undefined || senseAt(s, i - 1).scale === undefined) break;
    current += number;
    i = next + 1;
  }
  return { value: total + current, end: i };
}

function withHalf(s: Senses, { value, end }: Parsed<number>): Parsed<number> {
  if (!senseAt(s, end).and) return { value, end };
  const at = senseAt(s, end + 1).article ? end + 2 : end + 1;
  const { share, unit, pastHour } = senseAt(s, at);
  if (share === undefined || unit !== undefined || pastHour !== undefined || at === end + 1)
    return { value, end };
  return { value: value + share, end: at + 1 };
}

/** A number as such: with its sign, and not the pronoun "one". */
export function parseNumber(s: Senses, i: number): Parsed<number> | undefined {
  const first = senseAt(s, i);
  if (first.sign === -1 && isGlued(s, i + 1) && !isAfterWord(s, i)) {
    const positive = parseAmount(s, i + 1);
    return positive && { value: -positive.value, end: positive.end };
  }
  const amount = parseAmount(s, i);
  if (!amount) return undefined;
  const alone = amount.end === i + 1;
  const pronoun = first.counter && alone && i > 0 && !s.asked.has('number');
  // 快一点 is "a little faster".
  const little =
    alone && amount.value === 1 && s.tokens[i]?.han === true && senseAt(s, amount.end).clock === true;
  return pronoun || little ? undefined : amount;
}

function isAfterWord(s: Senses, i: number): boolean {
  return i > 0 && isGlued(s, i);
}

/** Reads "second", 第二个, "the last one": 1-based, -1 for the last. */
export function parseOrdinal(s: Senses, i: number): Parsed<number> | undefined {
  const first = senseAt(s, i);
  if (first.ordinalPrefix) {
    const amount = parseAmount(s, i + 1);
    if (!amount || !Number.isInteger(amount.value)) return undefined;
    return { value: amount.value, end: skipCounter(s, amount.end) };
  }
  if (first.ordinal === undefined) return undefined;
  const before = senseAt(s, i - 1);
  if (first.unit !== undefined && (before.number !== undefined || before.article)) return undefined;
  return { value: first.ordinal, end: i + 1 };
}

function skipCounter(s: Senses, i: number): number {
  const { counter, number } = senseAt(s, i);
  return counter && number === undefined ? i + 1 : i;
}

/** Reads 5 %, "five per cent", 百分之五. */
export function parsePercentage(s: Senses, i: number): Parsed<number> | undefined {
  if (senseAt(s, i).percent === 'before') return parseAmount(s, i + 1);
  const amount = parseNumber(s, i);
  if (!amount || senseAt(s, amount.end).percent !== 'after') return undefined;
  return { value: amount.value, end: amount.end + 1 };
}
