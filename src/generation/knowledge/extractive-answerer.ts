import type { Locale } from '../../message.ts';
import type { Answer, Answerer } from '../answerer.ts';
import { leastAnswerScore } from './answer-score.ts';
import type { ArticleIndex, FoundPassage } from './article-index.ts';
import { questionTerms } from './search-terms.ts';
import { splitSentences } from '../split-sentences.ts';

export interface ExtractiveOptions {
  /** What acting wrongly costs, where doing nothing costs 1; the default is 3. */
  readonly wrongCost?: number | undefined;
}

/** UTF-16 code units that a person reads in a chat without scrolling. */
const LONGEST_QUOTE = 420;

/** Answers with what the articles say, word for word, or not at all: it cannot make anything up. */
export function createExtractiveAnswerer(index: ArticleIndex, options: ExtractiveOptions = {}): Answerer {
  const { wrongCost = 3 } = options;
  return {
    answer: async (question, locale, call) => {
      const [best] = await index.passages(question, locale, call);
      if (!best || best.score < leastAnswerScore(wrongCost)) return undefined;
      return answerFrom(best, question);
    },
  };
}

function answerFrom(passage: FoundPassage, question: string): Answer {
  const { article, score } = passage;
  const text = bestQuote(passage.text, question, article.locale);
  const source = { title: article.title, url: article.url, article: article.id, quote: text };
  return { text, locale: article.locale, sources: [source], score };
}

/** The stretch of sentences that fits and says most of what was asked; an earlier one when two say as much. */
function bestQuote(text: string, question: string, locale: Locale): string {
  if (text.length <= LONGEST_QUOTE) return text;
  const sentences = splitSentences(text, locale);
  const terms = questionTerms(question, locale);
  let best = { quote: sentences[0] ?? text, hits: -1 };
  for (let first = 0; first < sentences.length; first += 1) {
    const quote = stretchFrom(sentences, first);
    const found = quote.toLowerCase();
    const hits = terms.filter((term) => found.includes(term)).length;
    if (hits > best.hits) best = { quote, hits };
  }
  return best.quote.trim();
}

function stretchFrom(sentences: readonly string[], first: number): string {
  let quote = sentences[first] ?? '';
  for (const sentence of sentences.slice(first + 1)) {
    if (quote.length + sentence.trimEnd().length > LONGEST_QUOTE) break;
    quote += sentence;
  }
  return quote;
}
