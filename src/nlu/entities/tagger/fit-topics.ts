import { createTopicGuesser, topicFeatures, trainTopics, type TopicModel } from './topic-model.ts';

export interface FittedTopics {
  /** `undefined` when the sentences are about one thing only. */
  readonly model: TopicModel | undefined;
  /** For each sentence the topic, from 1, guessed by a model that has not seen it; 0 without a model. */
  readonly guesses: readonly number[];
}

const folds = 4;

/**
 * Fits topics to intents.
 *
 * @param words - Hashes of each sentence's words.
 */
export function fitTopics(
  words: readonly (readonly number[])[],
  intents: readonly (string | undefined)[],
  random: () => number,
): FittedTopics {
  const names = [...new Set(intents.flatMap((intent) => intent ?? []))].sort();
  if (names.length < 2) return { model: undefined, guesses: words.map(() => 0) };
  const places = new Map(names.map((name, i) => [name, i]));
  const sentences = words.map((hashes, i) => ({
    features: topicFeatures(hashes),
    topic: places.get(intents[i] ?? '') ?? -1,
  }));
  const guesses = new Array<number>(sentences.length).fill(0);
  for (let fold = 0; fold < folds; fold++) {
    const rest = sentences.filter(({ topic }, i) => topic >= 0 && i % folds !== fold);
    const guess = createTopicGuesser(trainTopics(rest, names.length, random));
    for (let i = fold; i < sentences.length; i += folds) {
      guesses[i] = 1 + guess(sentences[i]?.features ?? []);
    }
  }
  const labelled = sentences.filter(({ topic }) => topic >= 0);
  return { model: trainTopics(labelled, names.length, random), guesses };
}
