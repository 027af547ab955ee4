import type { Locale } from '../message.ts';
import type { StemSentiment } from './nlpjs-sentiment.ts';
import { tokenRuns } from './tokenize.ts';

/** Words and phrases with how they feel, -1 to 1, by language. */
export type SentimentWords = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** @returns -1 (angry) to 1 (pleased); 0 for a language that nothing is known of. */
export type Sentiment = (text: string, locale: Locale) => number;

const negations: ReadonlySet<string> = new Set(['not', 'no', 'never', 'hardly', 'without']);
/** The lexicon of stems finds a little feeling in almost every text. */
const FAINT = 0.15;
const LONGEST_PHRASE = 2;
const LONGEST_UNSPACED = 4;

/**
 * Judges a text by its words; where none is known, English falls back on the broader and vaguer lexicon of stems.
 *
 * @param stems - Absent = words alone.
 */
export function createSentiment(words: SentimentWords, stems?: StemSentiment): Sentiment {
  return (text, locale) => {
    const language = locale.split('-')[0] ?? locale;
    const lexicon = words[language] ?? {};
    const { sum, hits } = language === 'zh' ? sumUnspaced(text, lexicon) : sumSpaced(text, lexicon);
    if (hits > 0 || language !== 'en' || stems === undefined) {
      const shouted = sum < 0 && /[!！]{2,}|(?:\b\p{Lu}{3,}\b.*){3}/u.test(text) ? 1.3 : 1;
      return Math.max(-1, Math.min(1, sum * shouted));
    }
    const vague = stems(text) / 4;
    return Math.abs(vague) < FAINT ? 0 : Math.max(-1, Math.min(1, vague));
  };
}

interface Tally {
  readonly sum: number;
  readonly hits: number;
}

function sumSpaced(text: string, lexicon: Readonly<Record<string, number>>): Tally {
  const words = tokenRuns(text).map(({ start, end }) => text.slice(start, end).toLowerCase());
  let sum = 0;
  let hits = 0;
  for (let at = 0; at < words.length; at += 1) {
    for (let length = LONGEST_PHRASE; length >= 1; length -= 1) {
      const phrase = length === 1 ? (words[at] ?? '') : words.slice(at, at + length).join(' ');
      if (!Object.hasOwn(lexicon, phrase)) continue;
      const before = words.slice(Math.max(0, at - 2), at);
      const negated = before.some((word) => negations.has(word) || /n['’]t$/.test(word));
      sum += (lexicon[phrase] ?? 0) * (negated ? -0.5 : 1);
      hits += 1;
      at += length - 1;
      break;
    }
  }
  return { sum, hits };
}

function sumUnspaced(text: string, lexicon: Readonly<Record<string, number>>): Tally {
  let sum = 0;
  let hits = 0;
  for (let at = 0; at < text.length; at += 1) {
    for (let length = LONGEST_UNSPACED; length >= 1; length -= 1) {
      const phrase = text.slice(at, at + length);
      if (phrase.length < length || !Object.hasOwn(lexicon, phrase)) continue;
      const negated = /[不没别](?:太|很|是|有)?$/.test(text.slice(Math.max(0, at - 2), at));
      sum += (lexicon[phrase] ?? 0) * (negated ? -0.5 : 1);
      hits += 1;
      at += length - 1;
      break;
    }
  }
  return { sum, hits };
}
