import type { Locale } from '../../message.ts';
import { languageOf } from '../language-of.ts';
import type { Meaning } from './article-index-options.ts';
import type { PassageStore, TermPlace } from './passage-store.ts';

/** A question, as the articles are searched for it. */
export interface Question {
  readonly locale: Locale;
  /** What it is about, without the words that any question is made of. */
  readonly terms: readonly string[];
  /** Absent when articles are searched by words alone. */
  readonly meaning?: Meaning | undefined;
}

/** What speaks for an article's answering a question. */
export interface ArticleEvidence {
  /** Place in the store of the passage to quote: in the person's language where there is one. */
  readonly place: number;
  /** Share of what the question's terms say that one passage has; 0 to 1. */
  readonly coverage: number;
  /** The same for the article's title and one passage's headings. */
  readonly titleCoverage: number;
  /** Nearness of meaning, in deviations above that of unrelated passages; absent without an encoder. */
  readonly nearness?: number | undefined;
}

/** Articles that words or meaning bring up; the others are as good as silent. */
const MOST_BY_WORDS = 12;
const MOST_BY_MEANING = 24;

/** Gathers the evidence for every article that may answer, in no order. */
export function gatherEvidence(store: PassageStore, question: Question): readonly ArticleEvidence[] {
  const coverage = coverageOf(store, question.terms, 'anywhere');
  const titles = coverageOf(store, question.terms, 'titles');
  const within = coverageOf(store, question.terms, 'passage');
  const near = question.meaning && store.compare?.(question.meaning);
  const places = [
    ...best(coverage.entries(), MOST_BY_WORDS),
    ...(near ? best(near.whole.entries(), MOST_BY_MEANING) : []),
  ];
  const articles = new Set(places.map((place) => store.passages[place]?.article.id ?? ''));
  return [...articles].flatMap((article): ArticleEvidence[] => {
    const own = store.placesOf.get(article) ?? [];
    const quotable = inLanguage(store, own, question.locale);
    const worth = (place: number): number => (near?.best[place] ?? 0) + (within.get(place) ?? 0) / 2;
    const place = quotable.reduce((top, next) => (worth(next) > worth(top) ? next : top), quotable[0] ?? -1);
    if (place < 0) return [];
    return [
      {
        place,
        coverage: highest(own, coverage),
        titleCoverage: highest(own, titles),
        nearness: near && standardNearness(store, own, near.best),
      },
    ];
  });
}

/** Translations of an article vouch for each other: the nearest passage in each language, and their mean. */
function standardNearness(
  store: PassageStore,
  places: readonly number[],
  near: Float32Array,
): number {
  const byLocale = new Map<Locale, number>();
  for (const place of places) {
    const locale = store.passages[place]?.article.locale ?? '';
    byLocale.set(locale, Math.max(byLocale.get(locale) ?? -1, near[place] ?? -1));
  }
  const mean = [...byLocale.values()].reduce((sum, value) => sum + value, 0) / byLocale.size;
  return (mean - store.unrelated.mean) / store.unrelated.deviation;
}

/** Of each passage that has any of the terms: how much of what all of them say. */
function coverageOf(
  store: PassageStore,
  terms: readonly string[],
  where: TermPlace,
): ReadonlyMap<number, number> {
  const weights = terms.map((term) => store.weightOf(term));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const coverage = new Map<number, number>();
  for (const [index, term] of terms.entries())
    for (const place of store.having(term, where))
      coverage.set(place, (coverage.get(place) ?? 0) + (weights[index] ?? 0) / total);
  return coverage;
}

/** Those in the person's language; all of them when there are none. */
function inLanguage({ passages }: PassageStore, places: readonly number[], locale: Locale): readonly number[] {
  const language = languageOf(locale);
  const own = places.filter((place) => languageOf(passages[place]?.article.locale ?? '') === language);
  return own.length > 0 ? own : places;
}

function highest(places: readonly number[], values: ReadonlyMap<number, number>): number {
  return Math.max(0, ...places.map((place) => values.get(place) ?? 0));
}

function best(values: Iterable<readonly [place: number, value: number]>, count: number): readonly number[] {
  return [...values]
    .sort(([, left], [, right]) => right - left)
    .slice(0, count)
    .map(([place]) => place);
}
