import type { CallOptions } from '../call-options.ts';
import type { Link, Locale } from '../message.ts';

export interface Answer {
  readonly text: string;
  readonly locale: Locale;
  /** The articles it quotes, best first; never empty. */
  readonly sources: readonly (Link & { readonly article: string; readonly quote: string })[];
  /** P(the answer is in the source), 0 to 1. */
  readonly score: number;
}

/** Answers a question from the bot's articles, with its source, or is silent. */
export interface Answerer {
  /** @returns `undefined` when the articles do not say. */
  answer(
    question: string,
    locale: Locale,
    options?: CallOptions & { readonly articles?: readonly string[] },
  ): Promise<Answer | undefined>;
}
