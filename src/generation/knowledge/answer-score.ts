/** How a passage matches a question. */
export interface MatchFeatures {
  /** Share of the question's terms, by what they say, that the passage has; 0 to 1. */
  readonly coverage: number;
  /** The same for the article's title and the passage's headings. */
  readonly titleCoverage: number;
  /** Whether the title or the headings ask the same kind of question. */
  readonly asked: boolean;
  /** How many terms the question has. */
  readonly terms: number;
  /** Nearness of meaning, -1 to 1; absent without an encoder. */
  readonly cosine?: number | undefined;
}

/** P(the passage answers the question), 0 to 1. */
export function answerScore({ coverage, titleCoverage, asked, terms, cosine }: MatchFeatures): number {
  const evidence = Math.log1p(terms);
  const logOdds =
    cosine === undefined
      ? -4 + 0.7 * Number(asked) + 4.5 * coverage + 2 * titleCoverage + 0.5 * evidence
      : -6 + 0.7 * Number(asked) + 3 * coverage + 2 * titleCoverage + 0.3 * evidence + 5 * cosine;
  return 1 / (1 + Math.exp(-logOdds));
}
