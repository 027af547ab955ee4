import type { Locale } from '../../../message.ts';
import type { EntityList } from '../../training-example.ts';
import { foldText } from '../fold-text.ts';
import { hashUnits } from '../tagger/hash.ts';
import { isUnspaced, splitTokens, type Tokens } from '../tagger/split-tokens.ts';
import { editDistance } from './edit-distance.ts';

export interface ListHit {
  readonly entity: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** 1 when written as listed, less the more it is misspelt. */
  readonly score: number;
}

export type ListMatcher = (tokens: Tokens, locale: Locale) => readonly ListHit[];

interface Form {
  readonly entity: string;
  readonly value: string;
  readonly locale: Locale | undefined;
  /** The form's words, one space between them. */
  readonly written: string;
}

const maxWords = 8;
const maxUnits = 80;

/**
 * Finds listed words and phrases: as written, in the plural, or misspelt.
 *
 * @param isKnown - Whether a word of that hash is a word of the bot's: such a word is taken for no misspelling.
 */
export function createListMatcher(
  lists: readonly EntityList[],
  isKnown: (hash: number) => boolean,
): ListMatcher {
  const index = indexForms(lists);
  if (index.byPhrase.size === 0) return () => [];
  return (tokens, locale) => {
    const hits: ListHit[] = [];
    for (let first = 0; first < tokens.starts.length; first++) {
      const found = findAt(index, tokens, first, locale, isKnown);
      if (found.length === 0) continue;
      hits.push(...found);
      const end = Math.max(...found.map((hit) => hit.end));
      while ((tokens.starts[first + 1] ?? Number.POSITIVE_INFINITY) < end) first++;
    }
    return hits;
  };
}

interface FormIndex {
  readonly byPhrase: ReadonlyMap<string, readonly Form[]>;
  /** Hashes of the halves of forms long enough to be misspelt, with their length: a misspelling keeps one of them. */
  readonly byHalf: ReadonlyMap<number, readonly Form[]>;
  readonly firstWords: ReadonlySet<number>;
  readonly longest: number;
}

function indexForms(lists: readonly EntityList[]): FormIndex {
  const byPhrase = new Map<string, Form[]>();
  const byHalf = new Map<number, Form[]>();
  const firstWords = new Set<number>();
  let longest = 0;
  for (const { entity, locale, items } of lists) {
    for (const { value, forms } of items) {
      for (const written of new Set([value, ...forms].map(phraseOf))) {
        const words = splitTokens(written, written);
        if (words.starts.length === 0) continue;
        const form = { entity, value, locale, written };
        addTo(byPhrase, written, form);
        firstWords.add(hashUnits(written, 0, words.ends[0] ?? 0));
        longest = Math.max(
          longest,
          Math.min(words.starts.length, unspacedLength(written) ? maxUnits : maxWords),
        );
        if (allowedEdits(written) > 0)
          for (const half of halvesOf(written, written.length)) addTo(byHalf, half, form);
      }
    }
  }
  return { byPhrase, byHalf, firstWords, longest };
}

function addTo<K>(map: Map<K, Form[]>, key: K, form: Form): void {
  const forms = map.get(key);
  if (forms) forms.push(form);
  else map.set(key, [form]);
}

function phraseOf(form: string): string {
  return foldText(form.normalize('NFC'))
    .replace(/[\s-]+/g, ' ')
    .trim();
}

function unspacedLength(written: string): boolean {
  return isUnspaced(written.charCodeAt(0));
}

/** Short words are matched as they are: one letter off, they are other words. */
function allowedEdits(written: string): number {
  const length = isUnspaced(written.charCodeAt(0)) ? written.length + 1 : written.length;
  return length < 5 ? 0 : length < 10 ? 1 : 2;
}

/** The first and the last half of a form of a length, as they would stand in a text. */
function halvesOf(written: string, length: number): readonly number[] {
  const middle = length >> 1;
  return [
    hashUnits(written, 0, middle) ^ (length * 2),
    hashUnits(written, Math.max(written.length - (length - middle), 0), written.length) ^ (length * 2 + 1),
  ];
}

function findAt(
  index: FormIndex,
  tokens: Tokens,
  first: number,
  locale: Locale,
  isKnown: (hash: number) => boolean,
): readonly ListHit[] {
  const { folded, starts, ends } = tokens;
  const start = starts[first] ?? 0;
  const last = Math.min(first + index.longest, starts.length) - 1;
  for (let at = last; at >= first; at--) {
    const end = ends[at] ?? 0;
    if (end - start > maxUnits) continue;
    const written = folded.slice(start, end).replace(/[\s-]+/g, ' ');
    const exact = index.byPhrase.get(written) ?? index.byPhrase.get(singular(written));
    const hits = exact ? toHits(exact, locale, start, end, 1) : [];
    if (hits.length > 0) return hits;
  }
  for (let at = last; at >= first; at--) {
    const end = ends[at] ?? 0;
    if (end - start > maxUnits) continue;
    const hits = findMisspelt(index, tokens, first, at, locale, isKnown);
    if (hits.length > 0) return hits;
  }
  return [];
}

function singular(written: string): string {
  return /[a-z]{3}s$/.test(written) ? written.replace(/(?:(?<=[sxz]|ch|sh)e)?s$/, '') : written;
}

function toHits(
  forms: readonly Form[],
  locale: Locale,
  start: number,
  end: number,
  score: number,
): ListHit[] {
  return forms
    .filter((form) => form.locale === undefined || form.locale === locale)
    .map(({ entity, value }) => ({ entity, value, start, end, score }));
}

function findMisspelt(
  index: FormIndex,
  { folded, starts, ends }: Tokens,
  first: number,
  at: number,
  locale: Locale,
  isKnown: (hash: number) => boolean,
): readonly ListHit[] {
  const start = starts[first] ?? 0;
  const end = ends[at] ?? 0;
  if (end - start < 4) return [];
  let known = true;
  for (let i = first; i <= at && known; i++) known = isKnown(hashUnits(folded, starts[i] ?? 0, ends[i] ?? 0));
  if (known) return [];
  const written = folded.slice(start, end).replace(/[\s-]+/g, ' ');
  const near = new Set<Form>();
  for (let length = written.length - 2; length <= written.length + 2; length++) {
    for (const half of halvesOf(written, length))
      for (const form of index.byHalf.get(half) ?? []) near.add(form);
  }
  let best = 3;
  const distances = new Map<Form, number>();
  for (const form of near) {
    const limit = Math.min(allowedEdits(form.written), allowedEdits(written));
    const distance = editDistance(written, form.written, limit);
    if (distance > limit || form.written.charCodeAt(0) !== written.charCodeAt(0)) continue;
    distances.set(form, distance);
    best = Math.min(best, distance);
  }
  const nearest = [...distances].filter(([, distance]) => distance === best).map(([form]) => form);
  return toHits(nearest, locale, start, end, 1 - 0.15 * best);
}
