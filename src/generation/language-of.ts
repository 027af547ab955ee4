import type { Locale } from '../message.ts';

/** `zh` of `zh-TW`. */
export function languageOf(locale: Locale): string {
  return locale.split('-', 1)[0] ?? locale;
}
