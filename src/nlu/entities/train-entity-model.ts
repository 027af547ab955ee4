import type { Locale } from '../../message.ts';
import type { TrainingData } from '../training-example.ts';
import type { EntityModel } from './entity-model.ts';
import { foldText } from './fold-text.ts';
import { splitTokens } from './tagger/split-tokens.ts';
import { hashWords } from './tagger/tagger.ts';
import { trainTagger } from './tagger/train-tagger.ts';

export interface EntityTraining {
  /** The bot's locales; the first is its default. */
  readonly locales: readonly Locale[];
  readonly seed: number;
  /** Told the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Learns a bot's entities; the same data and seed give the same model.
 *
 * @throws The signal's reason when it is aborted.
 */
export function trainEntityModel(data: TrainingData, training: EntityTraining): EntityModel {
  const { locales, seed, onProgress, signal } = training;
  const tagger = trainTagger(data.examples, {
    seed,
    marksOf: () => [],
    onProgress: (fraction) => {
      signal?.throwIfAborted();
      onProgress?.(fraction);
    },
  });
  return { locales, lists: data.lists, patterns: data.patterns, vocabulary: vocabularyOf(data), tagger };
}

function vocabularyOf({ examples }: TrainingData): Int32Array {
  const words = new Set<number>();
  for (const { text } of examples)
    for (const hash of hashWords(splitTokens(text, foldText(text)))) words.add(hash);
  return Int32Array.from(words).sort();
}
