import type { Locale } from '../../message.ts';
import { stopWords } from './stop-words.ts';

/** Scripts that write words without spaces; dictionaries cut them differently each time, pairs of characters do not. */
const UNSPACED =
  /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ー]+$/u;

const segmenters = new Map<string, Intl.Segmenter>();

/** What a passage is found by, in text order: words, and for scripts without spaces also pairs of characters. */
export function indexTerms(text: string, locale: Locale): readonly string[] {
  return runsOf(text, locale).flatMap(({ words, unspaced }) =>
    unspaced ? [...words.filter((word) => lengthOf(word) !== 2), ...pairsOf(words.join(''))] : words,
  );
}

/** What a question is about: its terms without the words that any question is made of; each once. */
export function questionTerms(text: string, locale: Locale): readonly string[] {
  const terms = runsOf(text, locale, stopWords).flatMap(({ words, unspaced }) => {
    const joined = words.join('');
    return unspaced && lengthOf(joined) > 1 ? pairsOf(joined) : words;
  });
  return [...new Set(terms)];
}

interface Run {
  readonly words: readonly string[];
  readonly unspaced: boolean;
}

/** Neighbouring words of an unspaced script together, all others alone; left-out words break a run. */
function runsOf(text: string, locale: Locale, leftOut: ReadonlySet<string> = new Set()): readonly Run[] {
  const runs: { words: string[]; unspaced: boolean }[] = [];
  let end = -1;
  for (const { segment, index, isWordLike } of segmenterOf(locale).segment(
    text.normalize('NFKC').toLowerCase(),
  )) {
    const word = segment.replace(/['’]s$/, '');
    if (!isWordLike || leftOut.has(word)) continue;
    const unspaced = UNSPACED.test(word);
    const last = runs.at(-1);
    if (unspaced && last?.unspaced && end === index) last.words.push(word);
    else runs.push({ words: [word], unspaced });
    end = index + segment.length;
  }
  return runs;
}

/** In code points. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function pairsOf(text: string): readonly string[] {
  const characters = Array.from(text);
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

function segmenterOf(locale: Locale): Intl.Segmenter {
  const known = segmenters.get(locale);
  if (known) return known;
  const segmenter = new Intl.Segmenter(locale, { granularity: 'word' });
  segmenters.set(locale, segmenter);
  return segmenter;
}
