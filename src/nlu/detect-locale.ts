import type { Locale } from '../message.ts';
import { identifyLanguage } from './identify-language.ts';

export interface DetectedLocale {
  readonly locale: Locale;
  /** Whether the text itself shows it. */
  readonly reliable: boolean;
  /** The language that the text shows, which the bot need not speak; else the locale's. */
  readonly language: string;
}

/** Scripts that stand for one language each; Han is Chinese unless kana stand beside it. */
const scripts: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['th', /\p{Script=Thai}/gu],
];

const latinWord = /(?<![\p{L}\p{N}])\p{Script=Latin}{2,}(?:['’]\p{Script=Latin}+)?(?!\p{L}|\p{N})/gu;
/** Addresses, links and what holds a digit look the same in every language; Han may stand beside them without a space. */
const unreadable = /(?:https?:\/\/|www\.)[\w./?&=%#-]*|[\w.%+-]{1,64}@[\w.-]+|[A-Za-z_-]{0,20}\d[\w./-]*/gu;
const startsLow = /^\p{Ll}/u;

/**
 * The configured locale that a text reliably shows, else the conversation's, else the bot's default.
 *
 * @param locales - The bot's, the default first; at least one.
 */
export function detectLocale(
  text: string,
  locales: readonly Locale[],
  current: Locale | undefined,
): DetectedLocale {
  const fallback = current !== undefined && locales.includes(current) ? current : (locales[0] ?? 'en');
  const plain = text.replace(unreadable, ' ');
  const words = plain.match(latinWord) ?? [];
  const [language, letters] = strongestScript(plain);
  const spoken = locales.map(languageOf);

  // Latin names inside Chinese are common; a Chinese name inside an English sentence has many small words around it.
  if (letters > 0 && letters * 0.6 >= words.filter((word) => startsLow.test(word)).length * 0.5) {
    return { ...choose(locales, fallback, (locale) => languageOf(locale) === language, true), language };
  }
  if (words.length === 0) return { locale: fallback, reliable: false, language: languageOf(fallback) };
  const shown = identifyLanguage(
    words.map((word) => word.toLowerCase()),
    current === undefined ? undefined : languageOf(current),
    spoken,
  );
  if (shown?.reliable && spoken.includes(shown.language)) {
    const fits = (locale: Locale): boolean => languageOf(locale) === shown.language;
    return { ...choose(locales, fallback, fits, words.length >= 2), language: shown.language };
  }
  const reliable = words.length >= 2;
  const chosen: Pick<DetectedLocale, 'locale' | 'reliable'> =
    !reliable && current !== undefined
      ? { locale: fallback, reliable }
      : choose(
          locales,
          fallback,
          (locale) => isLatin(languageOf(locale)),
          reliable && latinLocales(spoken) === 1,
        );
  return { ...chosen, language: shown?.reliable ? shown.language : languageOf(chosen.locale) };
}

function latinLocales(spoken: readonly string[]): number {
  return new Set(spoken.filter(isLatin)).size;
}

function strongestScript(text: string): readonly [string, number] {
  const counts = scripts.map(([language, pattern]) => [language, text.match(pattern)?.length ?? 0] as const);
  const kana = counts[0]?.[1] ?? 0;
  const best = counts.reduce((most, next) => (next[1] > most[1] ? next : most));
  return best[0] === 'zh' && kana > 0 ? ['ja', best[1] + kana] : best;
}

function choose(
  locales: readonly Locale[],
  fallback: Locale,
  fits: (locale: Locale) => boolean,
  reliable: boolean,
): Pick<DetectedLocale, 'locale' | 'reliable'> {
  if (fits(fallback)) return { locale: fallback, reliable };
  const locale = locales.find(fits);
  return locale === undefined ? { locale: fallback, reliable: false } : { locale, reliable };
}

/** `zh` of `zh-TW`. */
export function languageOf(locale: Locale): string {
  return locale.split('-')[0] ?? locale;
}

function isLatin(language: string): boolean {
  return !scripts.some(([other]) => other === language);
}
