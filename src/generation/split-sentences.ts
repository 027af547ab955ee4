import type { Locale } from '../message.ts';

const ABBREVIATION =
  /(?:^|\s)(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|st|no|nr|approx|max|min|incl|p|pp|fig|u\.s|u\.k)\.\s*$/i;

/** Cuts text into sentences, each with the white space that follows it, so that they join to the text again. */
export function splitSentences(text: string, locale: Locale): readonly string[] {
  const sentences: string[] = [];
  for (const { segment } of new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)) {
    const last = sentences.at(-1);
    if (last !== undefined && ABBREVIATION.test(last) && !last.endsWith('\n'))
      sentences[sentences.length - 1] = last + segment;
    else sentences.push(segment);
  }
  return sentences;
}
