import { hashUnits, mixHash } from './hash.ts';
import type { Tokens } from './split-tokens.ts';

/** Phrases that were annotated, with how often as each type. */
export interface PhraseKnowledge {
  /** By the phrase's hash. */
  readonly phrases: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly longest: number;
}

/** A phrase of tokens annotated as a type. */
export interface AnnotatedPhrase {
  readonly first: number;
  readonly last: number;
  readonly type: number;
}

const maxPhraseTokens = 6;

export function phraseHash({ folded, starts, ends }: Tokens, first: number, last: number): number {
  let hash = 7;
  for (let i = first; i <= last; i++) hash = mixHash(hash, hashUnits(folded, starts[i] ?? 0, ends[i] ?? 0));
  return hash;
}

export function collectPhrases(
  tokens: readonly Tokens[],
  annotated: readonly (readonly AnnotatedPhrase[])[],
): PhraseKnowledge {
  const phrases = new Map<number, Map<number, number>>();
  let longest = 0;
  for (let s = 0; s < tokens.length; s++) {
    const sentence = tokens[s];
    for (const { first, last, type } of annotated[s] ?? []) {
      if (!sentence || last - first >= maxPhraseTokens) continue;
      const hash = phraseHash(sentence, first, last);
      const types = phrases.get(hash) ?? new Map<number, number>();
      phrases.set(hash, types.set(type, (types.get(type) ?? 0) + 1));
      longest = Math.max(longest, last - first + 1);
    }
  }
  return { phrases, longest };
}

/**
 * Marks tokens that lie in a known phrase, the longest from each place, with the type it mostly is.
 *
 * @param own - Annotations of this very sentence, which a fitted model must not lean on: they are not counted.
 */
export function markPhrases(
  { phrases, longest }: PhraseKnowledge,
  tokens: Tokens,
  own: readonly AnnotatedPhrase[],
): Int32Array {
  const count = tokens.starts.length;
  const marks = new Int32Array(count);
  const ownHashes = own.map(({ first, last, type }) => ({ hash: phraseHash(tokens, first, last), type }));
  for (let first = 0; first < count; first++) {
    for (let last = Math.min(first + longest, count) - 1; last >= first; last--) {
      const type = bestType(phrases, phraseHash(tokens, first, last), ownHashes);
      if (type < 0) continue;
      for (let i = first; i <= last; i++) marks[i] = mixHash(type + 1, i === first ? 1 : 2);
      first = last;
      break;
    }
  }
  return marks;
}

function bestType(
  phrases: PhraseKnowledge['phrases'],
  hash: number,
  own: readonly { readonly hash: number; readonly type: number }[],
): number {
  const types = phrases.get(hash);
  if (!types) return -1;
  let best = -1;
  let bestCount = 0;
  for (const [type, count] of types) {
    let others = count;
    for (const other of own) if (other.hash === hash && other.type === type) others--;
    if (others > bestCount) {
      best = type;
      bestCount = others;
    }
  }
  return best;
}
