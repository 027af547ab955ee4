import type { Locale } from '../message.ts';

/**
 * Finds the locale that serves a wish best: itself, the one without its region, one of its language and script, one of
 * its language.
 *
 * @param wanted - A language tag as a page or a person gives it, e.g. `zh-CN` where the bot speaks `zh`.
 * @returns `undefined` where none of the language is known, or the tag is none.
 */
export function nearestLocale(wanted: string | undefined, known: readonly Locale[]): Locale | undefined {
  if (wanted === undefined) return undefined;
  const tag = wanted.toLowerCase();
  const wider = known.filter((one) => tag === one.toLowerCase() || tag.startsWith(`${one.toLowerCase()}-`));
  const [closest] = wider.toSorted((left, right) => right.length - left.length);
  if (closest !== undefined) return closest;
  const sought = likely(wanted);
  const related = known.filter((one) => sought && likely(one)?.language === sought.language);
  return related.find((one) => likely(one)?.script === sought?.script) ?? related[0];
}

function likely(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}
