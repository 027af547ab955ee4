import type { AnnotatedTokens } from './phrase-knowledge.ts';
import type { Tokens } from './split-tokens.ts';
import { hashWords } from './token-features.ts';

/** How often each word occurs outside of spans and inside, by its hash. */
export type WordPlaces = ReadonlyMap<number, { readonly outside: number; readonly inside: number }>;

interface Annotated {
  readonly tokens: Tokens;
  readonly annotated: readonly AnnotatedTokens[];
}

/** Words outside of spans this often, and this many times as often as inside, stand around values and are none. */
const fewest = 2;
const ratio = 10;

export function countWordPlaces(sentences: readonly Annotated[]): WordPlaces {
  const places = new Map<number, { outside: number; inside: number }>();
  for (const sentence of sentences) {
    const inside = insideOf(sentence);
    for (const [i, word] of hashWords(sentence.tokens).entries()) {
      const count = places.get(word) ?? { outside: 0, inside: 0 };
      if (inside.has(i)) count.inside++;
      else count.outside++;
      places.set(word, count);
    }
  }
  return places;
}

/** Marks a sentence's familiar words with 1, as if the sentence had not been there. */
export function familiarWithout(places: WordPlaces, sentence: Annotated): Uint8Array {
  const own = countWordPlaces([sentence]);
  return Uint8Array.from(hashWords(sentence.tokens), (word) => {
    const all = places.get(word) ?? { outside: 0, inside: 0 };
    const mine = own.get(word) ?? { outside: 0, inside: 0 };
    return Number(isFamiliar(all.outside - mine.outside, all.inside - mine.inside));
  });
}

/** Hashes of the words that are familiar. */
export function packFamiliar(places: WordPlaces): Int32Array {
  const known = [...places].filter(([, { outside, inside }]) => isFamiliar(outside, inside));
  return Int32Array.from(known, ([word]) => word);
}

function isFamiliar(outside: number, inside: number): boolean {
  return outside >= fewest && outside >= inside * ratio;
}

function insideOf({ annotated }: Annotated): ReadonlySet<number> {
  const inside = new Set<number>();
  for (const { first, last } of annotated) for (let i = first; i <= last; i++) inside.add(i);
  return inside;
}
