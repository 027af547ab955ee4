import type { Json } from '../../json.ts';
import type { Entity } from '../../nlu/recognizer.ts';
import type { Choice } from '../choices.ts';
import { valueOf } from '../narrow-choices.ts';
import { isSameJson } from '../same-json.ts';
import { attributeWords } from './attribute-words.ts';
import { explainedWords, isPointing } from './pointing-words.ts';
import { isTypo } from './typo.ts';

/** Which of the things on offer a text means, and how well it fits, 0 to 1. */
export interface Resolution {
  /** The place among the choices, from 0. */
  readonly option: number;
  readonly fit: number;
  /** The words of the text, folded, that say so. */
  readonly words: string;
}

const fits = {
  same: 0.99,
  ordinal: 0.92,
  named: 0.95,
  attribute: 0.9,
  other: 0.85,
  typo: 0.8,
  described: 0.7,
};

/**
 * Finds the choice that a text means by name, synonym, place, typo, attribute or description; none when two tie.
 *
 * @param chosen - The value chosen before: "the other one" is not this one, and "cheaper" is said against it.
 */
export function resolveChoice(
  text: string,
  choices: readonly Choice[],
  entities: readonly Entity[],
  chosen?: Json,
): Resolution | undefined {
  const folded = fold(text);
  if (folded === '' || choices.length === 0) return undefined;
  return (
    byName(folded, choices) ??
    byOther(folded, choices, chosen) ??
    byPlace(folded, choices, entities) ??
    byTime(folded, choices, entities) ??
    byAttribute(folded, choices, chosen !== undefined) ??
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

const ordinalWords: readonly RegExp[] = [
  /\b(?:first|1st|former|number (?:1|one)|option (?:1|one))\b|第一|前者|头一/u,
  /\b(?:second|2nd|number (?:2|two)|option (?:2|two))\b|第二/u,
  /\b(?:third|3rd|number (?:3|three)|option (?:3|three))\b|第三/u,
  /\b(?:fourth|4th|number (?:4|four)|option (?:4|four))\b|第四/u,
  /\b(?:fifth|5th|number (?:5|five)|option (?:5|five))\b|第五/u,
  /\b(?:sixth|6th)\b|第六/u,
  /\b(?:seventh|7th)\b|第七/u,
  /\b(?:eighth|8th)\b|第八/u,
  /\b(?:ninth|9th)\b|第九/u,
  /\b(?:tenth|10th)\b|第十/u,
];
const lastWords = /\b(?:last|latter|bottom)\b|最后|后者/u;

function byPlace(
  text: string,
  choices: readonly Choice[],
  entities: readonly Entity[],
): Resolution | undefined {
  const found = placeIn(text, choices.length, entities);
  if (!found || found.place < 0 || found.place >= choices.length) return undefined;
  const { words, option } = inOrderSaid(text, choices, found);
  return { option, fit: fits.ordinal, words };
}

/** "The second cheapest": the place is one in that order. */
function inOrderSaid(
  text: string,
  choices: readonly Choice[],
  { place, words }: Place,
): { readonly option: number; readonly words: string } {
  const order = attributeWords.find((each) => superlative.test(each.words.exec(text)?.[0] ?? ''));
  if (!order) return { option: place, words };
  const sign = order.end === 'least' ? 1 : -1;
  const ranked = choices
    .map(({ attributes }, option) => ({ option, value: valueOf(attributes, order.attribute) ?? 0 }))
    .sort((left, right) => (left.value < right.value ? -sign : left.value > right.value ? sign : 0));
  return { option: ranked[place]?.option ?? place, words: text };
}

interface Place {
  /** From 0. */
  readonly place: number;
  readonly words: string;
}

function placeIn(text: string, count: number, entities: readonly Entity[]): Place | undefined {
  const ordinal = entities.find(({ entity }) => entity === 'ordinal');
  if (typeof ordinal?.value === 'number') {
    const { value } = ordinal;
    return {
      place: value < 0 ? count + value : value - 1,
      words: explainedWords(text, [fold(ordinal.text)]),
    };
  }
  const arabic = /第\s*(\d{1,2})/u.exec(text) ?? /^(?:number |option |no )?(\d{1,2})$/u.exec(text);
  if (arabic) return { place: Number(arabic[1]) - 1, words: explainedWords(text, [arabic[0]]) };
  const named = ordinalWords.findIndex((words) => words.test(text));
  const [word] = (named >= 0 ? ordinalWords[named] : lastWords)?.exec(text) ?? [];
  return word === undefined
    ? undefined
    : { place: named >= 0 ? named : count - 1, words: explainedWords(text, [word]) };
}

/** "The 13:20", 六点四十那班: the only one that begins then; of an hour without its half of the day, in either. */
function byTime(
  text: string,
  choices: readonly Choice[],
  entities: readonly Entity[],
): Resolution | undefined {
  const said = entities.find(({ entity }) => entity === 'time' || entity === 'datetime');
  if (typeof said?.value !== 'string') return undefined;
  const time = said.value.slice(-5);
  const times = /[ap]\.?m|午|早|晚/iu.test(text) ? [time] : [time, otherHalf(time)];
  const found = choices.flatMap(({ attributes }, option) => {
    const begins = valueOf(attributes, 'time');
    return typeof begins === 'string' && times.includes(begins) ? [option] : [];
  });
  return found.length === 1 && found[0] !== undefined
    ? { option: found[0], fit: fits.named, words: explainedWords(text, [fold(said.text)]) }
    : undefined;
}

function otherHalf(time: string): string {
  const hour = (Number(time.slice(0, 2)) + 12) % 24;
  return `${String(hour).padStart(2, '0')}${time.slice(2)}`;
}

/** An end of all that is on offer, not what is better than something. */
export const superlative = /(?:est|most|least|lowest)\b|最/u;

/** "The cheapest one": the item at that end of the attribute, where every item has it and none ties. */
function byAttribute(text: string, choices: readonly Choice[], isCompared: boolean): Resolution | undefined {
  for (const { words, attribute, end } of attributeWords) {
    const [said] = words.exec(text) ?? [];
    if (said === undefined || (isCompared && !superlative.test(said))) continue;
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

/** Whether a text names something: as whole words, or anywhere in scripts that write without spaces. */
export function mentions(text: string, name: string): boolean {
  if (/[^\u0000-\u024f]/u.test(name)) return text.includes(name);
  return ` ${text} `.includes(` ${name} `);
}

/** Lower case, width folded, punctuation to spaces. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim();
}
