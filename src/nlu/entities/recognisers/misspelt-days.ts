import { editDistance } from '../lists/edit-distance.ts';
import type { Sense } from './sense.ts';

/** What a word means that is the name of a day or a month, misspelt. */
export type MisspeltDays = (word: string) => Sense | undefined;

/** Shorter names lie one letter away from other words. */
const shortestName = 6;
const shortestRelative = 8;
/** Names of so many letters may have two of them wrong. */
const longName = 9;

/** @param entries - Folded words of a language with what they mean. */
export function createMisspeltDays(entries: Iterable<readonly [string, Sense]>): MisspeltDays {
  const names = new Map<string, (readonly [string, Sense])[]>();
  for (const [name, sense] of entries) {
    const shortest =
      sense.weekday !== undefined || sense.month !== undefined ? shortestName : shortestRelative;
    const isNamed = (sense.weekday ?? sense.month ?? sense.relativeDay) !== undefined;
    if (!isNamed || name.length < shortest || !/^[a-z\u00df-\u017f]+$/.test(name)) continue;
    const first = name.charAt(0);
    names.set(first, [...(names.get(first) ?? []), [name, sense]]);
  }
  return (word) => {
    if (word.length < shortestName - 1) return undefined;
    const near = names.get(word.charAt(0)) ?? [];
    return near.find(([name]) => {
      const limit = name.length >= longName ? 2 : 1;
      // A name with letters after it is another name: Augusta.
      if (word.startsWith(name)) return false;
      return editDistance(word, name, limit) <= limit;
    })?.[1];
  };
}
