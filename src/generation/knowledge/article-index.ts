import type { CallOptions } from '../../call-options.ts';
import type { Locale } from '../../message.ts';
import { answerScore, type AnswerFeatures } from './answer-score.ts';
import type { Article } from './article.ts';
import { gatherEvidence, type ArticleEvidence, type Question } from './article-evidence.ts';
import type { ArticleIndexOptions, Meaning, PassageEncoder } from './article-index-options.ts';
import { openPassageDatabase } from './passage-database.ts';
import { readPassages, type PassageStore, type StoredPassage } from './passage-store.ts';
import { questionTerms } from './search-terms.ts';

/** An article that may answer a text; satisfies the recogniser's `ArticleMatch`. */
export interface FoundArticle {
  readonly article: string;
  readonly title: string;
  /** The language of the article: another than the person's when there is none in theirs. */
  readonly locale: Locale;
  /** P(this article answers the text), 0 to 1. */
  readonly score: number;
}

/** The passage of an article that answers best. */
export interface FoundPassage extends StoredPassage {
  /** P(this article answers the text), 0 to 1. */
  readonly score: number;
  /** What the score was made of. */
  readonly features: AnswerFeatures;
}

export interface SearchOptions extends CallOptions {
  /** Whether to ask the encoder, where there is one; the default is true. */
  readonly meaning?: boolean | undefined;
}

/** The bot's articles, searchable; satisfies the recogniser's `ArticleSearch`. */
export interface ArticleIndex extends AsyncDisposable {
  /** Best first, each article once; empty for a text that asks nothing. */
  search(text: string, locale: Locale, options?: SearchOptions): Promise<readonly FoundArticle[]>;
  /**
   * The passage of each article, best first.
   *
   * @param options.articles - Only these.
   */
  passages(
    text: string,
    locale: Locale,
    options?: SearchOptions & { readonly articles?: readonly string[] | undefined },
  ): Promise<readonly FoundPassage[]>;
}

/** A longer message is not a question any more; its first terms stand for it. */
const MOST_TERMS = 48;

/**
 * Indexes articles for search by words (FTS5) and, with an encoder, by meaning; both are weighed by one fitted score.
 * An encoder that fails leaves the words.
 *
 * @throws EngineError `KNOWLEDGE_INVALID` when the cache folder cannot be written.
 */
export async function openArticleIndex(
  articles: readonly Article[],
  options: ArticleIndexOptions = {},
): Promise<ArticleIndex> {
  const store = readPassages(await openPassageDatabase(articles, options), articles, options);
  const passages: ArticleIndex['passages'] = async (text, locale, call = {}) => {
    call.signal?.throwIfAborted();
    const question: Question = {
      locale,
      terms: questionTerms(text, locale).slice(0, MOST_TERMS),
      meaning: call.meaning === false ? undefined : await meaningOf(text, options.encoder, call),
    };
    const allowed = call.articles ? new Set(call.articles) : undefined;
    return scored(store, question)
      .filter(({ article }) => allowed?.has(article.id) ?? true)
      .sort((left, right) => right.score - left.score);
  };
  return {
    passages,
    search: async (text, locale, call) =>
      (await passages(text, locale, call)).map(({ article, score }) => ({
        article: article.id,
        title: article.title,
        locale: article.locale,
        score,
      })),
    [Symbol.asyncDispose]: () => {
      store.close();
      return Promise.resolve();
    },
  };
}

async function meaningOf(
  text: string,
  encoder: PassageEncoder | undefined,
  { signal }: CallOptions,
): Promise<Meaning | undefined> {
  if (!encoder || !/\p{L}/u.test(text)) return undefined;
  try {
    const [meaning] = await encoder.encode([text], { signal });
    return meaning;
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

function scored(store: PassageStore, question: Question): readonly FoundPassage[] {
  const found = gatherEvidence(store, question);
  const [first = 0, second = 0] = found.map(standing).sort((left, right) => right - left);
  return found.flatMap((evidence): FoundPassage[] => {
    const passage = store.passages[evidence.place];
    if (!passage) return [];
    const own = standing(evidence);
    const features: AnswerFeatures = {
      nearness: evidence.nearness,
      lead: own - (own === first ? second : first),
      coverage: evidence.coverage,
      terms: question.terms.length,
    };
    return [{ ...passage, score: answerScore(features), features }];
  });
}

/** What articles are ahead of each other in; of two that have the words, the one that is about them leads. */
function standing({ nearness, coverage, titleCoverage }: ArticleEvidence): number {
  return nearness ?? coverage + titleCoverage;
}
