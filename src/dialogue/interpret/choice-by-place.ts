import type { Entity } from '../../nlu/recognizer.ts';
import type { Choice } from '../choices.ts';
import { valueOf } from '../narrow-choices.ts';
import { attributeWords } from './attribute-words.ts';
import { fold } from './fold.ts';
import { explainedWords } from './pointing-words.ts';
import { fits, type Resolution, superlative } from './resolution.ts';

const ordinalWords: readonly RegExp[] = [
  /\b(?:first|1st|former|number (?:1|one)|option (?:1|one))\b|第一|前者|头一|[前上]面的?[那这]?[个家款班辆]/u,
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
const lastWords = /\b(?:last|latter|bottom)\b|最后|后者|[后下]面的?[那这]?[个家款班辆]/u;
/** Counted from the end: "the last but one", 倒数第二. */
const fromEndWords: readonly RegExp[] = [
  /倒数第[一1]/u,
  /\b(?:last but one|second (?:to )?last|next to last|penultimate)\b|倒数第[二2]/u,
  /\b(?:last but two|third (?:to )?last)\b|倒数第[三3]/u,
];
const middleWords = /\bmiddle one\b|\bone in the middle\b(?! of)|^(?:the )?middle$|中间(?:的|那|这)|正中间/u;

/** "The second", 最后一个, "the middle one": by where it stands among those on offer. */
export function choiceByPlace(
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

function placeFromEnd(text: string, count: number): Place | undefined {
  const at = fromEndWords.findIndex((words) => words.test(text));
  const [word] = fromEndWords[at]?.exec(text) ?? [];
  return word === undefined ? undefined : { place: count - 1 - at, words: explainedWords(text, [word]) };
}

/** Of an even number none is in the middle. */
function placeInMiddle(text: string, count: number): Place | undefined {
  const [word] = middleWords.exec(text) ?? [];
  const place = count % 2 === 1 ? (count - 1) / 2 : -1;
  return word === undefined ? undefined : { place, words: explainedWords(text, [word]) };
}

function placeIn(text: string, count: number, entities: readonly Entity[]): Place | undefined {
  const apart = placeFromEnd(text, count) ?? placeInMiddle(text, count);
  if (apart) return apart;
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
