import type { Sense } from './sense.ts';

/** What was written in digits. */
export interface Numeral {
  readonly end: number;
  readonly sense: Sense;
  readonly value: number;
  /** Digits alone, without separators or decimals. */
  readonly integer: boolean;
  readonly digits: number;
  /** `2026-11-22`, `22.11.2026`, `11/22`: the numbers between its separators. */
  readonly date?: {
    readonly parts: readonly number[];
    readonly separator: string;
    readonly widths: readonly number[];
  };
  /** `15:30`: minutes since midnight. */
  readonly clock?: number;
}

/** How a language writes numbers. */
export interface NumberWriting {
  /** Whether a comma separates decimals. */
  readonly decimalComma: boolean;
  readonly ordinalSuffix?: RegExp | undefined;
}

const isoDate = /(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d])/y;
const shortDate = /(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d])/y;
const dottedDay = /(\d{1,2})([.])(\d{1,2})[.](?!\d)/y;
const dayAndMonth = /(\d{1,2})([/])(\d{1,2})(?![\d/])/y;
const clockTime = /([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])/y;
const commaNumber = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?/y;
const pointNumber = /\d{1,3}(?:[.\u0020\u00a0]\d{3})+(?:,\d+)?(?![\d])|\d+(?:,\d+)?/y;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** Reads the digits at `start` as a date, a clock time, an ordinal or a number. */
export function readNumeral(folded: string, start: number, writing: NumberWriting): Numeral {
  return readDate(folded, start, writing) ?? readClock(folded, start) ?? readPlain(folded, start, writing);
}

function readDate(folded: string, start: number, { decimalComma }: NumberWriting): Numeral | undefined {
  const found =
    matchAt(isoDate, folded, start) ??
    matchAt(shortDate, folded, start) ??
    matchAt(dayAndMonth, folded, start) ??
    (decimalComma ? matchAt(dottedDay, folded, start) : undefined);
  if (!found) return undefined;
  const separator = found[2] ?? '';
  const written = [found[1], found[3], found[4]].filter((part) => part !== undefined);
  const date = { parts: written.map(Number), separator, widths: written.map((part) => part.length) };
  return {
    end: start + found[0].length,
    sense: dateSense,
    value: Number.NaN,
    integer: false,
    digits: 0,
    date,
  };
}

/** Not empty: whatever is in digits means something. */
const dateSense: Sense = { filler: false };
const clockSense: Sense = { filler: false };

function readClock(folded: string, start: number): Numeral | undefined {
  const found = matchAt(clockTime, folded, start);
  if (!found) return undefined;
  const clock = Number(found[1]) * 60 + Number(found[2]);
  if (clock > 1440) return undefined;
  return {
    end: start + found[0].length,
    sense: clockSense,
    value: Number.NaN,
    integer: false,
    digits: 0,
    clock: clock % 1440,
  };
}

function readPlain(folded: string, start: number, { decimalComma, ordinalSuffix }: NumberWriting): Numeral {
  const found = matchAt(decimalComma ? pointNumber : commaNumber, folded, start);
  const written = found?.[0] ?? folded.charAt(start);
  const plain = decimalComma
    ? written.replace(/[.\u0020\u00a0](?=\d{3})/g, '').replace(',', '.')
    : written.replaceAll(',', '');
  const value = Number(plain);
  const end = start + written.length;
  const integer = /^\d+$/.test(written);
  const suffix = integer && ordinalSuffix ? matchAt(ordinalSuffix, folded, end) : undefined;
  if (suffix)
    return { end: end + suffix[0].length, sense: { ordinal: value }, value, integer: false, digits: 0 };
  return { end, sense: { number: value }, value, integer, digits: integer ? written.length : 0 };
}
