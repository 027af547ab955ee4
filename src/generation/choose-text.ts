import type { Locale, LocalizedText } from '../message.ts';
import { languageOf } from './language-of.ts';

export interface ChosenText {
  readonly text: string;
  /** The locale the text is written in; the wanted one for a text that serves every locale. */
  readonly locale: Locale;
}

/**
 * Picks the text to show a person: in their locale, a wider or another one of the same language, the text for every
 * locale, and only then the bot's locales in order.
 */
export function chooseText(
  texts: LocalizedText,
  wanted: Locale,
  locales: readonly Locale[],
): ChosenText | undefined {
  const written = Object.keys(texts).filter((key) => key !== '*');
  const sameLanguage = written.find((key) => languageOf(key) === languageOf(wanted));
  const own = wider(wanted).find((key) => Object.hasOwn(texts, key)) ?? sameLanguage;
  if (own !== undefined) return textIn(texts, own, own);
  if (Object.hasOwn(texts, '*')) return textIn(texts, '*', wanted);
  const fallback = locales.find((key) => Object.hasOwn(texts, key)) ?? written[0];
  return fallback === undefined ? undefined : textIn(texts, fallback, fallback);
}

/** Whether the person would read the text in their own language. */
export function speaks(texts: LocalizedText, wanted: Locale): boolean {
  return Object.keys(texts).some((key) => key === '*' || languageOf(key) === languageOf(wanted));
}

function textIn(texts: LocalizedText, key: string, locale: Locale): ChosenText {
  return { text: texts[key] ?? '', locale };
}

/** `zh-Hant-TW`, `zh-Hant`, `zh`. */
function wider(locale: Locale): readonly Locale[] {
  const parts = locale.split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}
