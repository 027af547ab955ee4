import { logisticProbability } from '../../logistic.ts';
import { addContextFeatures, addInsideFeatures, requestOf } from './context-features.ts';
import { createFeatureIndex } from './feature-index.ts';
import { findSpans } from './find-spans.ts';
import { markPhrases } from './phrase-knowledge.ts';
import type { Tokens } from './split-tokens.ts';
import { spanMargin } from './span-margin.ts';
import type { TagType } from './tag-set.ts';
import type { AskedWeights, PackedWeights, TaggerModel } from './tagger-model.ts';
import {
  addTokenFeatures,
  FeatureBuffer,
  hashWords,
  viewSentence,
  type SentenceView,
} from './token-features.ts';
import { createTopicGuesser, topicFeatures } from './topic-model.ts';
import { addToAsked } from './train-perceptron.ts';
import { createDecoder } from './viterbi.ts';

/** A span that the tagger marked; `first` and `last` are tokens, both inclusive. */
export interface TaggedSpan {
  readonly type: TagType;
  readonly first: number;
  readonly last: number;
  /** How likely it is right, as examples that the tagger had not seen tell; 0 to 1. */
  readonly score: number;
}

/**
 * Marks spans of a text.
 *
 * @param marks - What lists and recognisers found, one number a token, as in training.
 * @param asked - For each slot that was asked for its name, and those of the entities that may fill it.
 */
export type Tagger = (
  tokens: Tokens,
  marks: readonly Int32Array[],
  asked: readonly (readonly string[])[],
) => readonly TaggedSpan[];

/** What is longer is no question or answer: tokens past this are left alone. */
const maxTokens = 500;

export function createTagger(model: TaggerModel): Tagger {
  const { types, topics, phrases } = model;
  const labelCount = 1 + 2 * types.length;
  const addBase = createScorer(model.base);
  const weighAsked = createAskedScorer(model.asked);
  const decoder = createDecoder(labelCount, model.transitions);
  const guessTopic = topics && createTopicGuesser(topics);
  const phraseIndex = createFeatureIndex(phrases.keys);
  const familiarIndex = createFeatureIndex(model.familiar);
  const lookUp = (hash: number): number => phrases.types[phraseIndex.find(hash)] ?? -1;
  const buffer = new FeatureBuffer();

  const weighContext = (
    view: SentenceView,
    scores: Float64Array,
    asked: readonly (readonly string[])[],
  ): void => {
    const request = requestOf(asked, types);
    for (let i = 0; i < view.count; i++) {
      buffer.length = 0;
      addContextFeatures(view, i, request, buffer);
      const begins = weighAsked(buffer);
      buffer.length = 0;
      addInsideFeatures(view, i, request, buffer);
      addToAsked(scores, i * labelCount, request.types, begins, weighAsked(buffer));
    }
  };

  return (all, marks, asked) => {
    if (all.starts.length === 0) return [];
    const tokens = shorten(all);
    const words = hashWords(tokens);
    const topic = guessTopic ? 1 + guessTopic(topicFeatures(words)) : 0;
    const familiar = Uint8Array.from(words.map((word) => Number(familiarIndex.find(word) >= 0)));
    const known = markPhrases(lookUp, phrases.longest, words);
    const view = viewSentence(tokens, [...marks, known], topic, familiar);
    const scores = decoder.scores(view.count);
    for (let i = 0; i < view.count; i++) {
      buffer.length = 0;
      addTokenFeatures(view, i, buffer);
      addBase(buffer, scores, i * labelCount);
    }
    if (asked.length > 0) weighContext(view, scores, asked);
    const path = decoder.decode(view.count);
    const scored = { scores, transitions: model.transitions, labelCount, path, count: view.count };
    return findSpans(path, view.count).flatMap((span) => {
      const type = types[span.type];
      const score = logisticProbability(model.certainty, [spanMargin(scored, span)]);
      return type ? [{ ...span, type, score }] : [];
    });
  };
}

type Scorer = (features: FeatureBuffer, scores: Float64Array, row: number) => void;

/** A feature's pairs lie one behind the other, each in one number, the last of them marked: two look-ups a feature. */
function createScorer({ keys, offsets, labels, weights, step }: PackedWeights): Scorer {
  const index = createFeatureIndex(keys, offsets);
  const pairs = Int32Array.from(labels, (label, at) => ((weights[at] ?? 0) << 16) | (label << 1));
  for (const end of offsets) if (end > 0) pairs[end - 1] = (pairs[end - 1] ?? 0) | 1;
  return (features, scores, row) => {
    for (let k = 0; k < features.length; k++) {
      let at = index.find(features.hashes[k] ?? 0);
      if (at < 0) continue;
      for (let pair = 0; (pair & 1) === 0; at++) {
        pair = pairs[at] ?? 1;
        const to = row + ((pair & 0xffff) >> 1);
        scores[to] = (scores[to] ?? 0) + (pair >> 16) * step;
      }
    }
  };
}

function createAskedScorer({ keys, weights, step }: AskedWeights): (features: FeatureBuffer) => number {
  const index = createFeatureIndex(keys);
  return (features) => {
    let sum = 0;
    for (let k = 0; k < features.length; k++) sum += weights[index.find(features.hashes[k] ?? 0)] ?? 0;
    return sum * step;
  };
}

function shorten(tokens: Tokens): Tokens {
  if (tokens.starts.length <= maxTokens) return tokens;
  const ends = tokens.ends.slice(0, maxTokens);
  const length = ends.at(-1);
  const { text, folded } = tokens;
  return {
    text: text.slice(0, length),
    folded: folded.slice(0, length),
    starts: tokens.starts.slice(0, maxTokens),
    ends,
  };
}
