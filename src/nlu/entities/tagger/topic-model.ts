import { mixHash } from './hash.ts';
import { shuffle } from './shuffle.ts';

/** Guesses what a sentence is about: a hint to the tagger, so that "play" may mark a song and "rate" a book. */
export interface TopicModel {
  readonly topicCount: number;
  /** Row of weights by hash of word or pair of words. */
  readonly rows: ReadonlyMap<number, number>;
  /** `weights[row * topicCount + topic]`. */
  readonly weights: Float32Array;
}

/** @param words - Hashes of a sentence's words. */
export function topicFeatures(words: readonly number[]): number[] {
  const features = [0x70b1c];
  for (let i = 0; i < words.length; i++) {
    features.push(mixHash(1, words[i] ?? 0), mixHash(mixHash(2, words[i - 1] ?? 0), words[i] ?? 0));
  }
  return features;
}

/** @returns The best topic, from 0. */
export function guessTopic(
  { topicCount, rows, weights }: TopicModel,
  features: readonly number[],
  scores: Float64Array,
): number {
  scores.fill(0);
  for (const feature of features) {
    const row = rows.get(feature);
    if (row === undefined) continue;
    for (let topic = 0; topic < topicCount; topic++)
      scores[topic] = (scores[topic] ?? 0) + (weights[row * topicCount + topic] ?? 0);
  }
  let best = 0;
  for (let topic = 1; topic < topicCount; topic++)
    if ((scores[topic] ?? 0) > (scores[best] ?? 0)) best = topic;
  return best;
}

export interface TopicSentence {
  readonly features: readonly number[];
  readonly topic: number;
}

const epochs = 6;

/** Fits an averaged perceptron over the features seen at least twice. */
export function trainTopics(
  sentences: readonly TopicSentence[],
  topicCount: number,
  random: () => number,
): TopicModel {
  const counts = new Map<number, number>();
  for (const { features } of sentences)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const rows = new Map<number, number>();
  for (const [feature, count] of counts) if (count > 1) rows.set(feature, rows.size);
  const weights = new Float32Array(rows.size * topicCount);
  const late = new Float64Array(weights.length);
  const model = { topicCount, rows, weights };
  const scores = new Float64Array(topicCount);
  const order = Int32Array.from(sentences, (_, i) => i);
  let step = 1;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const i of order) {
      const sentence = sentences[i];
      if (!sentence) continue;
      const guess = guessTopic(model, sentence.features, scores);
      if (guess !== sentence.topic) correct(model, late, sentence, guess, step);
      step++;
    }
  }
  for (let k = 0; k < weights.length; k++) weights[k] = (weights[k] ?? 0) - (late[k] ?? 0) / step;
  return model;
}

function correct(
  model: TopicModel,
  late: Float64Array,
  { features, topic }: TopicSentence,
  guess: number,
  step: number,
): void {
  for (const feature of features) {
    const row = model.rows.get(feature);
    if (row === undefined) continue;
    for (const [column, by] of [
      [topic, 1],
      [guess, -1],
    ] as const) {
      const at = row * model.topicCount + column;
      model.weights[at] = (model.weights[at] ?? 0) + by;
      late[at] = (late[at] ?? 0) + by * step;
    }
  }
}
