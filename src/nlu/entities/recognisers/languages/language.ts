import type { Sense } from '../sense.ts';

/** The words of a language, by what they mean. */
export interface Language {
  readonly entries: () => Iterable<readonly [string, Sense]>;
  /** Whether a comma separates decimals. */
  readonly decimalComma: boolean;
  /** Whether a spoken hour from 1 to 6, with nothing else said, is taken as the afternoon. */
  readonly twelveHours: boolean;
  /** Whether `11/12` is the 12th of November. */
  readonly monthFirst: boolean;
  /** What `¥` stands for. */
  readonly yen: 'CNY' | 'JPY';
  /** Where a phone number without a country's code is from; ISO 3166. */
  readonly region: string;
  /** What makes an ordinal of the digits before it; sticky. */
  readonly ordinalSuffix?: RegExp;
}

/** Gives each of the words (separated by `|`) the sense. */
export function words(list: string, sense: Sense): (readonly [string, Sense])[] {
  return list.split('|').map((word) => [word, sense] as const);
}

/** Gives the words, in order, the senses that `make` gives their place from 0; `|` separates, `,` parts synonyms. */
export function series(list: string, make: (place: number) => Sense): (readonly [string, Sense])[] {
  return list
    .split('|')
    .flatMap((names, place) => names.split(',').map((name) => [name, make(place)] as const));
}
