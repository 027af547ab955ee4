import type { Locale } from '../../../message.ts';
import type { EntityKind, RequestedSlot } from '../../recognizer.ts';
import { foldText } from '../fold-text.ts';
import { chinese } from './languages/chinese.ts';
import { english } from './languages/english.ts';
import { french } from './languages/french.ts';
import { german } from './languages/german.ts';
import { japanese } from './languages/japanese.ts';
import type { Language } from './languages/language.ts';
import { spanish } from './languages/spanish.ts';
import { createMisspeltDays, type MisspeltDays } from './misspelt-days.ts';
import { recogniseContacts } from './recognise-contacts.ts';
import { recogniseQuantities, type Found } from './recognise-quantities.ts';
import { createSenseTrie, type SenseTrie } from './sense-trie.ts';
import { readSenses, type SenseToken } from './sense-stream.ts';
import type { Clock } from './senses.ts';
import { wallTimeAt } from './zoned-time.ts';

export interface RecogniseOptions {
  readonly locale: Locale;
  readonly requested: readonly RequestedSlot[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA. */
  readonly timeZone: string;
}

/** Finds what has the shape of a quantity, a time or a way to be reached. */
export type Recogniser = (text: string, folded: string, options: RecogniseOptions) => readonly Found[];

const languages: Readonly<Record<string, Language>> = {
  en: english,
  zh: chinese,
  de: german,
  fr: french,
  es: spanish,
  ja: japanese,
};

/** @param locales - Whose words are understood; one that no table covers is read as English. */
export function createRecogniser(locales: readonly Locale[], kinds: readonly EntityKind[]): Recogniser {
  const byLocale = new Map<Locale, Reader>();
  const wanted = new Set(kinds);
  const readerOf = (locale: Locale): Reader => {
    const known = byLocale.get(locale);
    if (known) return known;
    const reader = createReader(locale, locales);
    byLocale.set(locale, reader);
    return reader;
  };
  for (const locale of locales) readerOf(locale);
  return (text, folded, options) => recogniseWith(readerOf(options.locale), wanted, text, folded, options);
}

interface Reader {
  readonly language: Language;
  readonly trie: SenseTrie;
  readonly misspelt: MisspeltDays;
}

function languageOf(locale: Locale): Language {
  return languages[locale.split('-')[0]?.toLowerCase() ?? ''] ?? english;
}

/** English and Chinese do not get in each other's way, and people mix them. */
function createReader(locale: Locale, locales: readonly Locale[]): Reader {
  const language = languageOf(locale);
  const mixed =
    language === chinese || (language === english && locales.some((other) => languageOf(other) === chinese));
  const entries = mixed ? [...english.entries(), ...chinese.entries()] : [...language.entries()];
  const folded = entries.map(([word, sense]) => [foldText(word), sense] as const);
  return { language, trie: createSenseTrie(folded), misspelt: createMisspeltDays(folded) };
}

function recogniseWith(
  { language, trie, misspelt }: Reader,
  kinds: ReadonlySet<EntityKind>,
  text: string,
  folded: string,
  options: RecogniseOptions,
): readonly Found[] {
  const contacts = recogniseContacts(text, folded, language.region, kinds);
  const tokens = readSenses(folded, { trie, misspelt, ...language });
  if (!tokens) return contacts;
  const quantities = recogniseQuantities(
    {
      tokens,
      clock: createClock(options),
      twelveHours: language.twelveHours,
      monthFirst: language.monthFirst,
      yen: language.yen,
      past: tokens.some(isPast),
      asked: new Set(options.requested.map(({ type }) => type)),
    },
    kinds,
  );
  return [
    ...contacts,
    ...quantities.filter((found) => !contacts.some((other) => overlaps(found, other))),
  ].sort((a, b) => a.start - b.start);
}

function isPast({ sense }: SenseToken): boolean {
  return sense.past === true;
}

function overlaps(a: Found, b: Found): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Looks at the wall only when a date is read. */
function createClock({ now, timeZone }: RecogniseOptions): Clock {
  let wall: ReturnType<typeof wallTimeAt> | undefined;
  const look = (): ReturnType<typeof wallTimeAt> => (wall ??= wallTimeAt(now, timeZone));
  return {
    now,
    timeZone,
    get today() {
      return look().day;
    },
    get minute() {
      return look().minute;
    },
  };
}
