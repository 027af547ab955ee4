import type { Locale } from '../../message.ts';
import { entityKinds } from '../recognizer.ts';
import type { TrainingData } from '../training-example.ts';
import type { EntityModel } from './entity-model.ts';
import { createListMatcher } from './lists/list-matcher.ts';
import { markFound } from './mark-found.ts';
import { createRecogniser } from './recognisers/recognise.ts';
import { collectSynonyms } from './synonyms.ts';
import { trainTagger } from './tagger/train-tagger.ts';
import { collectVocabulary, isAmong } from './vocabulary.ts';

export interface EntityTraining {
  /** The bot's locales; the first is its default. */
  readonly locales: readonly Locale[];
  readonly seed: number;
  /** Told the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Marks tell kinds, not values: the clock does not matter. */
const anyTime = { requested: [], now: 0, timeZone: 'UTC' } as const;

/**
 * Learns a bot's entities; the same data and seed give the same model.
 *
 * @throws The signal's reason when it is aborted.
 */
export function trainEntityModel(data: TrainingData, training: EntityTraining): EntityModel {
  const { locales, seed, onProgress, signal } = training;
  const { examples, lists, patterns } = data;
  const vocabulary = collectVocabulary(examples);
  const recognise = createRecogniser(locales, entityKinds);
  const matchLists = createListMatcher(lists, isAmong(vocabulary));
  const tagger = trainTagger(examples, {
    seed,
    marksOf: (tokens, { locale }) => {
      const found = recognise(tokens.text, tokens.folded, { locale, ...anyTime });
      return markFound(tokens, found, matchLists(tokens, locale));
    },
    onProgress: (fraction) => {
      signal?.throwIfAborted();
      onProgress?.(fraction);
    },
  });
  return { locales, lists, patterns, synonyms: collectSynonyms(examples), vocabulary, tagger };
}
