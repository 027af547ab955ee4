import { createRequire } from 'node:module';

/** How @nlpjs sees an English text: its lexicon over Porter stems, with negation. */
export type StemSentiment = (text: string) => number;

interface LangEn {
  readonly StemmerEn: new () => { tokenizeAndStem(text: string, keepStops: boolean): string[] };
  readonly SentimentEn: {
    readonly senticon: Readonly<Record<string, number>>;
    readonly negations: { readonly words: readonly string[] };
  };
}

/** The lexicon over stems; its forty files are loaded for the first text that needs it. */
export function deferStemSentiment(): StemSentiment {
  let loaded: StemSentiment | undefined;
  return (text) => {
    loaded ??= loadStemSentiment();
    return loaded(text);
  };
}

/**
 * Loads only the two parts of @nlpjs that this needs, by its own resolution: the whole of `@nlpjs/basic` takes four
 * times as long to import and brings a logger and a plug-in loader that nothing here may start.
 */
function loadStemSentiment(): StemSentiment {
  const own = createRequire(import.meta.url);
  const english = createRequire(own.resolve('@nlpjs/basic'))('@nlpjs/lang-en') as LangEn;
  const stemmer = new english.StemmerEn();
  const { senticon, negations } = english.SentimentEn;
  return (text) => {
    let sign = 1;
    let score = 0;
    for (const stem of stemmer.tokenizeAndStem(text.toLowerCase(), true)) {
      if (negations.words.includes(stem)) sign = -1;
      else if (Object.hasOwn(senticon, stem)) score += sign * (senticon[stem] ?? 0);
    }
    return score;
  };
}
