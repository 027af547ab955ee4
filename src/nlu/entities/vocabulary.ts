import type { TrainingExample } from '../training-example.ts';
import { foldText } from './fold-text.ts';
import { splitTokens } from './tagger/split-tokens.ts';
import { hashWords } from './tagger/token-features.ts';

/** Hashes of the words of the training texts, sorted. */
export function collectVocabulary(examples: readonly TrainingExample[]): Int32Array {
  const words = new Set<number>();
  for (const { text } of examples)
    for (const hash of hashWords(splitTokens(text, foldText(text)))) words.add(hash);
  return Int32Array.from(words).sort();
}

export function isAmong(vocabulary: Int32Array): (hash: number) => boolean {
  const words = new Set(vocabulary);
  return (hash) => words.has(hash);
}
