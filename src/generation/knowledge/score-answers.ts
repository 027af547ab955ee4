import type { KnowledgeQuestion } from './questions.ts';

/** What a search made of a question: articles, best first. */
export interface AskedQuestion {
  readonly question: KnowledgeQuestion;
  readonly found: readonly { readonly article: string; readonly score: number }[];
}

/** How well questions find their article; shares are 0 to 1, and `null` when there is no question of the kind. */
export interface AnswerScores {
  /** Questions that an article answers, and those that none does. */
  readonly answerable: number;
  readonly unanswerable: number;
  /** Share of the answerable whose article comes first, and among the first five; and the mean of 1 / its rank. */
  readonly hitAt1: number | null;
  readonly hitAt5: number | null;
  readonly meanReciprocalRank: number | null;
  /** Share of the unanswerable whose best article stays below the threshold. */
  readonly rightlySilent: number | null;
  /** Shares of the answerable at the threshold: answered from their article, and from another. */
  readonly rightlyAnswered: number | null;
  readonly wronglyAnswered: number | null;
}

/** @param threshold - The least score that is answered from. */
export function scoreAnswers(asked: readonly AskedQuestion[], threshold: number): AnswerScores {
  const answerable = asked.filter(({ question }) => question.article !== null);
  const unanswerable = asked.filter(({ question }) => question.article === null);
  const answers = ({ found }: AskedQuestion): boolean => (found[0]?.score ?? 0) >= threshold;
  return {
    answerable: answerable.length,
    unanswerable: unanswerable.length,
    hitAt1: mean(answerable, (one) => Number(rankOf(one) === 1)),
    hitAt5: mean(answerable, (one) => Number(rankOf(one) <= 5)),
    meanReciprocalRank: mean(answerable, (one) => 1 / rankOf(one)),
    rightlySilent: mean(unanswerable, (one) => Number(!answers(one))),
    rightlyAnswered: mean(answerable, (one) => Number(answers(one) && rankOf(one) === 1)),
    wronglyAnswered: mean(answerable, (one) => Number(answers(one) && rankOf(one) !== 1)),
  };
}

/** From 1; infinite for an article that was not found. */
function rankOf({ question, found }: AskedQuestion): number {
  const place = found.findIndex(({ article }) => article === question.article);
  return place < 0 ? Infinity : place + 1;
}

function mean<T>(items: readonly T[], valueOf: (item: T) => number): number | null {
  return items.length === 0 ? null : items.reduce((sum, item) => sum + valueOf(item), 0) / items.length;
}
