import type { CallOptions } from '../../call-options.ts';
import type { Locale } from '../../message.ts';
import type { Article } from './article.ts';
import { answerScore, type MatchFeatures } from './answer-score.ts';
import type { ArticleIndexOptions, PassageEncoder } from './article-index-options.ts';
import { openPassageDatabase } from './passage-database.ts';
import { readPassages, type PassageStore, type StoredPassage } from './passage-store.ts';
import { askingTerms, questionTerms } from './search-terms.ts';

/** An article that may answer a text; satisfies the recogniser's `ArticleMatch`. */
export interface FoundArticle {
  readonly article: string;
  readonly title: string;
  readonly locale: Locale;
  /** P(this article answers the text), 0 to 1. */
  readonly score: number;
}

export interface FoundPassage extends StoredPassage {
  /** P(this passage answers the text), 0 to 1. */
  readonly score: number;
}

/** The bot's articles, searchable; satisfies the recogniser's `ArticleSearch`. */
export interface ArticleIndex extends AsyncDisposable {
  /** Best first, each article once; empty for a text that asks nothing. */
  search(text: string, locale: Locale, options?: CallOptions): Promise<readonly FoundArticle[]>;
  /** @param options.articles - Only these. */
  passages(
    text: string,
    locale: Locale,
    options?: CallOptions & { readonly articles?: readonly string[] | undefined },
  ): Promise<readonly FoundPassage[]>;
}

const CANDIDATES = 12;
/** A longer message is not a question any more; its first terms stand for it. */
const MOST_TERMS = 48;

/**
 * Indexes articles for search by words (FTS5) and, with an encoder, by meaning; both are weighed by one fitted score.
 *
 * @throws EngineError `KNOWLEDGE_INVALID` when the cache folder cannot be written.
 */
export async function openArticleIndex(
  articles: readonly Article[],
  options: ArticleIndexOptions = {},
): Promise<ArticleIndex> {
  const store = readPassages(await openPassageDatabase(articles, options), articles);
  const passages: ArticleIndex['passages'] = async (text, locale, call = {}) => {
    call.signal?.throwIfAborted();
    const language = store.languageFor(locale);
    if (language === undefined) return [];
    const allowed = call.articles ? new Set(call.articles) : undefined;
    const candidates = await findCandidates(store, text, language, options.encoder, call);
    return candidates
      .filter(({ article }) => allowed?.has(article.id) ?? true)
      .sort((left, right) => right.score - left.score);
  };
  return {
    passages,
    search: async (text, locale, call) => bestOfEach(await passages(text, locale, call)),
    [Symbol.asyncDispose]: () => {
      store.close();
      return Promise.resolve();
    },
  };
}

async function findCandidates(
  store: PassageStore,
  text: string,
  language: string,
  encoder: PassageEncoder | undefined,
  call: CallOptions,
): Promise<readonly FoundPassage[]> {
  const terms = questionTerms(text, language)
    .slice(0, MOST_TERMS)
    .map((term) => ({ term, weight: store.weightOf(term, language) }));
  const total = terms.reduce((sum, { weight }) => sum + weight, 0);
  const cosines = await cosinesOf(store, text, language, encoder, call);
  const byWords = store.matching(
    terms.map(({ term }) => term),
    language,
    CANDIDATES,
  );
  const ids = new Set([...byWords, ...nearest(cosines, CANDIDATES)]);
  const asking = askingTerms(text, language);
  return [...ids].map((id) => {
    const share = (where: 'anywhere' | 'title'): number =>
      terms.reduce(
        (sum, { term, weight }) => sum + (store.having(term, language, where).has(id) ? weight / total : 0),
        0,
      );
    const features: MatchFeatures = {
      coverage: share('anywhere'),
      titleCoverage: share('title'),
      asked: asking.some((term) => store.having(term, language, 'title').has(id)),
      terms: terms.length,
      cosine: cosines?.get(id),
    };
    return { ...store.passage(id), score: answerScore(features) };
  });
}

async function cosinesOf(
  store: PassageStore,
  text: string,
  language: string,
  encoder: PassageEncoder | undefined,
  call: CallOptions,
): Promise<ReadonlyMap<number, number> | undefined> {
  if (!encoder) return undefined;
  const [vector] = await encoder.embed([text], call);
  return vector ? store.cosines(vector, language) : undefined;
}

function nearest(cosines: ReadonlyMap<number, number> | undefined, count: number): readonly number[] {
  return [...(cosines ?? [])]
    .sort(([, left], [, right]) => right - left)
    .slice(0, count)
    .map(([id]) => id);
}

function bestOfEach(passages: readonly FoundPassage[]): readonly FoundArticle[] {
  const best = new Map<string, FoundArticle>();
  for (const { article, score } of passages)
    if (!best.has(article.id))
      best.set(article.id, { article: article.id, title: article.title, locale: article.locale, score });
  return [...best.values()];
}
