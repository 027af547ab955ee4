import type { Sense } from './sense.ts';
import type { MisspeltDays } from './misspelt-days.ts';
import { isLetter, type SenseTrie } from './sense-trie.ts';
import { isHanNumeral, readHanNumber } from './han-number.ts';
import { readNumeral, type Numeral, type NumberWriting } from './numeral.ts';

/** One word, number or mark of a text, with what it may mean. */
export interface SenseToken {
  readonly start: number;
  readonly end: number;
  readonly sense: Sense;
  /** Set for what was written in digits. */
  readonly numeral?: Numeral | undefined;
  /** Whether nothing but spaces lies between this token and the one before. */
  readonly han?: boolean;
}

const nothing: Sense = {};
const marks: Readonly<Record<string, Sense>> = {
  ',': { comma: true },
  '、': { comma: true },
  '-': { until: true, sign: -1 },
  '~': { until: true },
  '%': { percent: 'after' },
  $: { currency: 'USD' },
  '€': { currency: 'EUR' },
  '£': { currency: 'GBP' },
  '¥': { currency: '¥' },
  '￥': { currency: '¥' },
  '₹': { currency: 'INR' },
  '₩': { currency: 'KRW' },
  '₽': { currency: 'RUB' },
  '฿': { currency: 'THB' },
  '₫': { currency: 'VND' },
  '₺': { currency: 'TRY' },
};

export interface LanguageWords extends NumberWriting {
  readonly trie: SenseTrie;
  readonly misspelt: MisspeltDays;
}

const maxTokens = 4000;

/**
 * Reads a text as senses.
 *
 * @returns `undefined` when nothing in it means anything to a recogniser.
 */
export function readSenses(folded: string, words: LanguageWords): readonly SenseToken[] | undefined {
  const tokens: SenseToken[] = [];
  let meaning = false;
  let i = 0;
  while (i < folded.length && tokens.length < maxTokens) {
    const code = folded.charCodeAt(i);
    if (code <= 0x20) {
      i++;
      continue;
    }
    const token = readToken(folded, i, code, words);
    if (token.sense !== nothing) meaning = true;
    tokens.push(token);
    i = token.end;
  }
  return meaning ? tokens : undefined;
}

function readToken(folded: string, i: number, code: number, words: LanguageWords): SenseToken {
  if (code >= 0x30 && code <= 0x39) return readDigits(folded, i, words);
  const entry = words.trie.match(folded, i);
  if (isHanNumeral(code)) {
    const number = readHanNumber(folded, i);
    if (number && number.end >= (entry?.end ?? 0))
      return { start: i, end: number.end, sense: { number: number.value }, han: true };
  }
  if (entry) return { start: i, end: entry.end, sense: entry.sense };
  const mark = marks[folded.charAt(i)];
  if (mark) return { start: i, end: i + 1, sense: mark };
  let end = i + 1;
  if (isLetter(code)) while (end < folded.length && isWordUnit(folded.charCodeAt(end))) end++;
  return { start: i, end, sense: words.misspelt(folded.slice(i, end)) ?? nothing };
}

function isWordUnit(code: number): boolean {
  return isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x27 || code === 0x5f;
}

function readDigits(folded: string, start: number, words: LanguageWords): SenseToken {
  const numeral = readNumeral(folded, start, words);
  return { start, end: numeral.end, sense: numeral.sense, numeral };
}
