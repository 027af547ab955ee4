import { languageShapes, languageWords } from './language-words.ts';

/** The languages that have a word. */
const byWord = new Map<string, readonly string[]>();
for (const [language, words] of Object.entries(languageWords)) {
  for (const word of new Set(words)) byWord.set(word, [...(byWord.get(word) ?? []), language]);
}
const languages = Object.keys(languageWords);
const shapes = Object.entries(languageShapes);
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
  const shown = new Map<string, number>();
  for (const word of words) addEvidence(word, shown);
  const scores = languages
    .map((language) => {
      const prior = language === expected ? EXPECTED : spoken.includes(language) ? SPOKEN : 0;
      const own = shown.get(language) ?? 0;
      return { language, shown: own, total: own + prior };
    })
    .sort((left, right) => right.total - left.total);
  const [best, next] = scores;
  if (!best || best.total === 0) return undefined;
  return {
    language: best.language,
    reliable: best.shown > 0 && best.total - (next?.total ?? 0) >= RELIABLE_LEAD,
  };
}

/** A whole word for the one language that has it; shares of it for the several that do, or have its shape. */
function addEvidence(word: string, shown: Map<string, number>): void {
  const add = (owners: readonly string[], weight: number): void => {
    for (const language of owners) shown.set(language, (shown.get(language) ?? 0) + weight / owners.length);
  };
  add(byWord.get(word) ?? [], 1);
  add(
    shapes.filter(([, shape]) => shape.test(word)).map(([language]) => language),
    SHAPE_WEIGHT,
  );
}
