import type { Json } from '../../json.ts';
import type { Entity } from '../../nlu/recognizer.ts';
import type { Choice } from '../choices.ts';
import { valueOf } from '../narrow-choices.ts';
import { isSameJson } from '../same-json.ts';
import { attributeWords } from './attribute-words.ts';
import { choiceByPlace } from './choice-by-place.ts';
import { choiceByTime } from './choice-by-time.ts';
import { fold, mentions } from './fold.ts';
import { explainedWords, isPointing } from './pointing-words.ts';
import { fits, type Resolution, superlative } from './resolution.ts';
import { isTypo } from './typo.ts';

/**
 * Finds the choice that a text means by name, synonym, place, typo, attribute or description; none when two tie.
 *
 * @param chosen - The value chosen before: "the other one" is not this one, and "cheaper" is said against it.
 * @param told - What was asked about last, where nothing was chosen: "the other one" is not this one.
 */
export function resolveChoice(
  text: string,
  choices: readonly Choice[],
  entities: readonly Entity[],
  chosen?: Json,
  told?: Json,
): Resolution | undefined {
  const folded = fold(text);
  if (folded === '' || choices.length === 0) return undefined;
  return (
    byName(folded, choices) ??
    byOther(folded, choices, chosen ?? told) ??
    choiceByPlace(folded, choices, entities) ??
    choiceByTime(folded, choices, entities) ??
    byAttribute(folded, choices, chosen !== undefined) ??
    byTypo(folded, choices) ??
    byDescription(folded, choices) ??
    byPartOfName(folded, choices)
  );
}

/** Of what is not shown any more only what it is called by, or begins at, means a thing: "the second" is one of those shown. */
export function resolveByName(
  text: string,
  choices: readonly Choice[],
  entities: readonly Entity[],
): Resolution | undefined {
  const folded = fold(text);
  if (folded === '') return undefined;
  return (
    byName(folded, choices) ??
    choiceByTime(folded, choices, entities) ??
    byTypo(folded, choices) ??
    byDescription(folded, choices) ??
    byPartOfName(folded, choices)
  );
}

function byName(text: string, choices: readonly Choice[]): Resolution | undefined {
  const names = choices.map(namesOf);
  const same = names.findIndex((each) => each.includes(text));
  if (same >= 0) return { option: same, fit: fits.same, words: text };
  const found = names.map((each) =>
    Math.max(0, ...each.filter((name) => mentions(text, name)).map(({ length }) => length)),
  );
  const named = found.flatMap((length, option) => (length > 0 ? [option] : []));
  const refused = named.filter((option) => (names[option] ?? []).some((name) => isRefused(text, name)));
  if (refused.length > 0) return theOther(text, choices, named, refused);
  const longest = Math.max(...found);
  const best = named.filter((option) => found[option] === longest);
  if (best.length !== 1 || best[0] === undefined) return undefined;
  const name = (names[best[0]] ?? []).find((each) => each.length === longest && mentions(text, each)) ?? text;
  return { option: best[0], fit: fits.named, words: explainedWords(text, [name]) };
}

const otherWords = /\b(?:the )?other(?: one)?\b|另外?一?(?:个|家|款|班|趟|种)/u;

/** "The other one": the only one that was not chosen. */
function byOther(text: string, choices: readonly Choice[], chosen: Json | undefined): Resolution | undefined {
  const [words] = otherWords.exec(text) ?? [];
  if (words === undefined || chosen === undefined) return undefined;
  const left = choices.flatMap(({ value }, option) => (isSameJson(value, chosen) ? [] : [option]));
  return left.length === 1 && left[0] !== undefined
    ? { option: left[0], fit: fits.other, words: text }
    : undefined;
}

/** "Not the blue one": the one that was named beside it, or the only one left. */
function theOther(
  text: string,
  choices: readonly Choice[],
  named: readonly number[],
  refused: readonly number[],
): Resolution | undefined {
  const wanted = named.filter((option) => !refused.includes(option));
  const left =
    wanted.length > 0 ? wanted : choices.flatMap((_, option) => (refused.includes(option) ? [] : [option]));
  return left.length === 1 && left[0] !== undefined
    ? { option: left[0], fit: fits.other, words: text }
    : undefined;
}

function isRefused(text: string, name: string): boolean {
  const before = text.slice(0, text.indexOf(name));
  return /(?:\b(?:not|except|anything but|don t want)\s+(?:the\s+|an?\s+)?|不要|不是|别)$/u.test(before);
}

/** "Something shorter" is not one of those on offer yet. */
export const indefinite = /\b(?:something|anything|any|some|an?)\b|有|点的?吗/u;

/** "The cheapest one": the item at that end of the attribute, where every item has it and none ties. */
function byAttribute(text: string, choices: readonly Choice[], isCompared: boolean): Resolution | undefined {
  for (const { words, attribute, end } of attributeWords) {
    const [said] = words.exec(text) ?? [];
    if (said === undefined || (!superlative.test(said) && (isCompared || indefinite.test(text)))) continue;
    const option = extreme(
      choices.map(({ attributes }) => valueOf(attributes, attribute)),
      end,
    );
    if (option !== undefined) return { option, fit: fits.attribute, words: explainedWords(text, [said]) };
  }
  return undefined;
}

function extreme(
  values: readonly (number | string | undefined)[],
  end: 'least' | 'most',
): number | undefined {
  let best: number | undefined;
  for (const [at, value] of values.entries()) {
    const than = best === undefined ? undefined : values[best];
    if (value === undefined) return undefined;
    if (than === undefined || (end === 'least' ? value < than : value > than)) best = at;
  }
  const winner = best === undefined ? undefined : values[best];
  return values.filter((value) => value === winner).length === 1 ? best : undefined;
}

/** A word that is nearly a name means it only where it is most of what was said. */
const minTypoShare = 0.6;

function byTypo(text: string, choices: readonly Choice[]): Resolution | undefined {
  const words = text.split(' ');
  const close = choices.flatMap((choice, option) => {
    const near = namesOf(choice).some((name) => {
      const size = name.split(' ').length;
      return words.some((_, at) => {
        const written = words.slice(at, at + size).join(' ');
        return written.length >= text.length * minTypoShare && isTypo(written, name);
      });
    });
    return near ? [option] : [];
  });
  return close.length === 1 && close[0] !== undefined
    ? { option: close[0], fit: fits.typo, words: text }
    : undefined;
}

/** "The one by the station": the item whose texts share most words with it; a word of fewer items says more. */
function byDescription(text: string, choices: readonly Choice[]): Resolution | undefined {
  if (choices.every(({ attributes }) => Object.keys(attributes).length === 0)) return undefined;
  const said = [...new Set(text.split(' ').filter((word) => word.length > 3 && !isPointing(word)))];
  const shared = choices.map((choice) => {
    const words = new Set(namesOf(choice).flatMap((name) => name.split(' ').map(stemOf)));
    return said.filter((word) => words.has(stemOf(word)));
  });
  const weightOf = (word: string): number => 1 / shared.filter((words) => words.includes(word)).length;
  const weights = shared.map((words) => words.reduce((sum, word) => sum + weightOf(word), 0));
  const most = Math.max(0, ...weights);
  const best = weights.flatMap((weight, option) => (weight === most ? [option] : []));
  return most > 0 && best.length === 1 && best[0] !== undefined
    ? { option: best[0], fit: fits.described, words: explainedWords(text, shared[best[0]] ?? []) }
    : undefined;
}

/** "Tours" for "tour". */
function stemOf(word: string): string {
  return word.length > 4 ? word.replace(/s$/u, '') : word;
}

/** 博物馆 for 博物馆之旅: in scripts without spaces, the longest piece that one name shares with the text and no other does. */
function byPartOfName(text: string, choices: readonly Choice[]): Resolution | undefined {
  if (!unspaced.test(text)) return undefined;
  const shared = choices.map((choice) =>
    namesOf(choice)
      .map((name) => sharedPiece(text, name))
      .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), ''),
  );
  const most = Math.max(0, ...shared.map(({ length }) => length));
  const best = shared.flatMap(({ length }, option) => (length === most ? [option] : []));
  return most > 1 && best.length === 1 && best[0] !== undefined
    ? { option: best[0], fit: fits.described, words: explainedWords(text, [shared[best[0]] ?? '']) }
    : undefined;
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function sharedPiece(text: string, name: string): string {
  let longest = '';
  for (let start = 0; start < name.length; start += 1) {
    let end = start + longest.length + 1;
    while (
      end <= name.length &&
      unspaced.test(name.charAt(end - 1)) &&
      text.includes(name.slice(start, end))
    ) {
      longest = name.slice(start, end);
      end += 1;
    }
  }
  return longest;
}

function namesOf({ value, label, synonyms }: Choice): readonly string[] {
  const own = typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  return [...own, ...own.map((name) => name.replaceAll('_', ' ')), ...Object.values(label), ...synonyms]
    .map(fold)
    .filter((name) => name !== '');
}
