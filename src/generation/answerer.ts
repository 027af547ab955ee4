import type { CallOptions } from '../call-options.ts';
import type { Locale } from '../message.ts';

export interface Answer {
  readonly text: string;
  readonly locale: Locale;
  /** The articles it quotes, best first; never empty. */
  readonly sources: readonly AnswerSource[];
  /** P(the answer is in the source), 0 to 1. */
  readonly score: number;
}

export interface AnswerSource {
  readonly article: string;
  readonly title: string;
  /** Where a person can read it; absent for an article that is not published. */
  readonly url?: string | undefined;
  /** What the answer takes from it, word for word. */
  readonly quote: string;
}

/** Answers a question from the bot's articles, with its source, or is silent. */
export interface Answerer {
  /** @returns `undefined` when the articles do not say. */
  answer(
    question: string,
    locale: Locale,
    options?: CallOptions & { readonly articles?: readonly string[] | undefined },
  ): Promise<Answer | undefined>;
}
