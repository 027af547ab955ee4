import { mixHash } from './hash.ts';
import type { PhraseTypes } from './tagger-model.ts';

/** How often each phrase was annotated as each type, by the phrase's hash. */
export interface PhraseCounts {
  readonly counts: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly longest: number;
}

/** Tokens from `first` to `last`, annotated as a type. */
export interface AnnotatedTokens {
  readonly first: number;
  readonly last: number;
  readonly type: number;
}

/** @returns The type that a phrase mostly is, or -1. */
export type PhraseLookup = (hash: number) => number;

const maxTokens = 6;

/** @param words - Hashes of a sentence's words. */
function phraseHash(words: readonly number[], first: number, last: number): number {
  let hash = 7;
  for (let i = first; i <= last; i++) hash = mixHash(hash, words[i] ?? 0);
  return hash;
}

export function countPhrases(
  sentences: readonly { readonly words: readonly number[]; readonly annotated: readonly AnnotatedTokens[] }[],
): PhraseCounts {
  const counts = new Map<number, Map<number, number>>();
  let longest = 0;
  for (const { words, annotated } of sentences) {
    for (const { first, last, type } of annotated) {
      if (last - first >= maxTokens) continue;
      const hash = phraseHash(words, first, last);
      const types = counts.get(hash) ?? new Map<number, number>();
      counts.set(hash, types.set(type, (types.get(type) ?? 0) + 1));
      longest = Math.max(longest, last - first + 1);
    }
  }
  return { counts, longest };
}

/** Looks phrases up as if the sentence had not been there: a tagger must not learn to lean on its own answers. */
export function lookupWithout(
  { counts }: PhraseCounts,
  words: readonly number[],
  annotated: readonly AnnotatedTokens[],
): PhraseLookup {
  const own = annotated.map(({ first, last, type }) => ({ hash: phraseHash(words, first, last), type }));
  return (hash) => {
    let best = -1;
    let bestCount = 0;
    for (const [type, count] of counts.get(hash) ?? []) {
      const others = count - own.filter((phrase) => phrase.hash === hash && phrase.type === type).length;
      if (others <= bestCount) continue;
      best = type;
      bestCount = others;
    }
    return best;
  };
}

export function packPhrases({ counts, longest }: PhraseCounts): PhraseTypes {
  const keys = Int32Array.from(counts.keys());
  const types = Uint16Array.from(counts.values(), (byType) => {
    const [best] = [...byType].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return best?.[0] ?? 0;
  });
  return { keys, types, longest };
}

/** Marks tokens that lie in a known phrase, the longest from each place, by its type. */
export function markPhrases(lookup: PhraseLookup, longest: number, words: readonly number[]): Int32Array {
  const marks = new Int32Array(words.length);
  for (let first = 0; first < words.length; first++) {
    let type = -1;
    let last = first;
    let hash = 7;
    for (let i = first; i < Math.min(first + longest, words.length); i++) {
      hash = mixHash(hash, words[i] ?? 0);
      const found = lookup(hash);
      if (found < 0) continue;
      type = found;
      last = i;
    }
    if (type < 0) continue;
    markTokens(marks, first, last, type + 1);
    first = last;
  }
  return marks;
}

/** Gives tokens a mark that tells the first from the others. */
export function markTokens(marks: Int32Array, first: number, last: number, name: number): void {
  for (let i = first; i <= last; i++) marks[i] = mixHash(name, i === first ? 1 : 2);
}
