import { createFeatureIndex } from './feature-index.ts';
import { mixHash } from './hash.ts';
import { shuffle } from './shuffle.ts';

/** Guesses what a sentence is about: a hint to the tagger, so that "play" may mark a song and "rate" a book. */
export interface TopicModel {
  readonly topicCount: number;
  /** Hash of each word or pair of words that has weights. */
  readonly keys: Int32Array;
  /** `weights[row * topicCount + topic]`, in steps that do not matter. */
  readonly weights: Int8Array;
}

/** @returns The best topic, from 0. */
export type TopicGuesser = (features: readonly number[]) => number;

/** @param words - Hashes of a sentence's words. */
export function topicFeatures(words: readonly number[]): number[] {
  const features = [0x70b1c];
  for (let i = 0; i < words.length; i++) {
    features.push(mixHash(1, words[i] ?? 0), mixHash(mixHash(2, words[i - 1] ?? 0), words[i] ?? 0));
  }
  return features;
}

export function createTopicGuesser({ topicCount, keys, weights }: TopicModel): TopicGuesser {
  return guesserOf(keys, weights, topicCount);
}

function guesserOf(keys: Int32Array, weights: Int8Array | Float32Array, topicCount: number): TopicGuesser {
  const index = createFeatureIndex(keys);
  const scores = new Float64Array(topicCount);
  return (features) => {
    scores.fill(0);
    for (const feature of features) {
      const row = index.find(feature);
      if (row < 0) continue;
      const from = row * topicCount;
      for (let topic = 0; topic < topicCount; topic++) {
        scores[topic] = (scores[topic] ?? 0) + (weights[from + topic] ?? 0);
      }
    }
    return highest(scores);
  };
}

function highest(scores: Float64Array): number {
  let best = 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
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
  const keys = frequentFeatures(sentences);
  const weights = new Float32Array(keys.length * topicCount);
  const late = new Float64Array(weights.length);
  const guess = guesserOf(keys, weights, topicCount);
  const index = createFeatureIndex(keys);
  const order = Int32Array.from(sentences, (_, i) => i);
  let step = 1;
  const move = (features: readonly number[], topic: number, by: number): void => {
    for (const feature of features) {
      const row = index.find(feature);
      if (row < 0) continue;
      const at = row * topicCount + topic;
      weights[at] = (weights[at] ?? 0) + by;
      late[at] = (late[at] ?? 0) + by * step;
    }
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const i of order) {
      const { features, topic } = sentences[i] ?? { features: [], topic: 0 };
      const guessed = guess(features);
      if (guessed !== topic) {
        move(features, topic, 1);
        move(features, guessed, -1);
      }
      step++;
    }
  }
  return { topicCount, keys, weights: rounded(weights.map((weight, k) => weight - (late[k] ?? 0) / step)) };
}

function frequentFeatures(sentences: readonly TopicSentence[]): Int32Array {
  const counts = new Map<number, number>();
  for (const { features } of sentences) {
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return Int32Array.from([...counts].filter(([, count]) => count > 1).map(([feature]) => feature));
}

function rounded(weights: Float32Array): Int8Array {
  let largest = 1e-9;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  return Int8Array.from(weights, (weight) => Math.round((weight * 127) / largest));
}
