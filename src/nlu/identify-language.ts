import { languageShapes, languageWords } from './language-words.ts';

/** How much of a word's or a shape's evidence a language gets, by word. */
const byWord = new Map<string, Readonly<Record<string, number>>>();
for (const [language, words] of Object.entries(languageWords)) {
  for (const word of words) byWord.set(word, { ...byWord.get(word), [language]: 1 });
}
const languages = Object.keys(languageWords);
const SHAPE_WEIGHT = 0.5;
/** What a language is worth that the conversation is held in, and one that the bot speaks. */
const EXPECTED = 1;
const SPOKEN = 0.5;
/** How far ahead a language must be for the text to show it. */
const RELIABLE_LEAD = 0.75;

export interface IdentifiedLanguage {
  readonly language: string;
  /** Whether the words show it, and are not merely no reason against what was expected. */
  readonly reliable: boolean;
}

/**
 * The language of words in Latin script, among those that the bundled encoder knows.
 *
 * @param words - Lower case.
 * @param expected - The language that the conversation is held in; preferred on doubt.
 * @param spoken - The languages that the bot speaks; more likely than others.
 * @returns `undefined` when nothing speaks for any.
 */
export function identifyLanguage(
  words: readonly string[],
  expected: string | undefined,
  spoken: readonly string[],
): IdentifiedLanguage | undefined {
  const scores = languages
    .map((language) => {
      const shown = words.reduce((sum, word) => sum + evidenceOf(word, language), 0);
      const prior = language === expected ? EXPECTED : spoken.includes(language) ? SPOKEN : 0;
      return { language, shown, total: shown + prior };
    })
    .sort((left, right) => right.total - left.total);
  const [best, next] = scores;
  if (!best || best.total === 0) return undefined;
  return {
    language: best.language,
    reliable: best.shown > 0 && best.total - (next?.total ?? 0) >= RELIABLE_LEAD,
  };
}

/** A whole word for one that a language has alone; shares of it for what several have. */
function evidenceOf(word: string, language: string): number {
  const owners = byWord.get(word);
  const known = owners?.[language] === undefined ? 0 : 1 / Object.keys(owners).length;
  if (!languageShapes[language]?.test(word)) return known;
  const shaped = languages.filter((other) => languageShapes[other]?.test(word)).length;
  return known + SHAPE_WEIGHT / shaped;
}
