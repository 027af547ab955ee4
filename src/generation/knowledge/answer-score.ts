/** What an article's probability is made of. */
export interface AnswerFeatures {
  /** Nearness of meaning, in deviations above that of unrelated passages; absent when words decide alone. */
  readonly nearness?: number | undefined;
  /** How far ahead of the best other article, in nearness, or in coverage and that of its titles; negative for all but the best. */
  readonly lead: number;
  /** Share of what the question's terms say that the article has in one passage; 0 to 1. */
  readonly coverage: number;
  /** How many terms the question has. */
  readonly terms: number;
}

type Weights = readonly [bias: number, ...ofFeatures: number[]];

/** Fitted by `scripts/fit-answer-score.ts` on questions that no figure is reported on. */
const byMeaning: Weights = [-5.2, 0.85, 1.7, 1.54, 1.1];
const byWords: Weights = [-5.22, 3.45, 2.35, 1.57];

/** P(the article answers the question), 0 to 1. */
export function answerScore(features: AnswerFeatures): number {
  const [bias, ...weights] = features.nearness === undefined ? byWords : byMeaning;
  const logOdds = featureVector(features).reduce(
    (sum, value, index) => sum + value * (weights[index] ?? 0),
    bias,
  );
  return 1 / (1 + Math.exp(-logOdds));
}

/**
 * The least score that is answered from. An article that misses the question is read and passed over, which costs half
 * of what acting wrongly does.
 *
 * @param wrongCost - What acting wrongly costs, where doing nothing costs 1.
 */
export function leastAnswerScore(wrongCost: number): number {
  return wrongCost / (2 + wrongCost);
}

/** What the weights stand before, in their order. */
export function featureVector({ nearness, lead, coverage, terms }: AnswerFeatures): readonly number[] {
  const words = [lead, coverage, Math.log1p(terms)];
  return nearness === undefined ? words : [nearness, ...words];
}
