import { createFeatureIndex } from './feature-index.ts';
import { hashUnits } from './hash.ts';
import type { Tokens } from './split-tokens.ts';
import { beginOf, isInside, outside, typeOf, type TagType } from './tag-set.ts';
import type { TaggerModel } from './tagger-model.ts';
import { addTokenFeatures, FeatureBuffer, viewSentence } from './token-features.ts';
import { guessTopic, topicFeatures } from './topic-model.ts';
import { createDecoder } from './viterbi.ts';

/** A span that the tagger marked; `first` and `last` are tokens, both inclusive. */
export interface TaggedSpan {
  readonly type: TagType;
  readonly first: number;
  readonly last: number;
  /** 0 to 1. */
  readonly score: number;
}

export type Tagger = (tokens: Tokens, marks: readonly Int32Array[]) => readonly TaggedSpan[];

/** Longer texts are not questions and answers: their tokens past this are left alone. */
const maxTokens = 2000;

export function createTagger(model: TaggerModel): Tagger {
  const { types, offsets, labels, weights, step, topics } = model;
  const labelCount = 1 + 2 * types.length;
  const index = createFeatureIndex(model.keys);
  const decoder = createDecoder(labelCount, model.transitions);
  const buffer = new FeatureBuffer();
  const topicScores = new Float64Array(topics?.topicCount ?? 0);

  const addScores = (row: number, scores: Float64Array): void => {
    for (let k = 0; k < buffer.length; k++) {
      const feature = index.find(buffer.hashes[k] ?? 0);
      if (feature < 0) continue;
      const end = offsets[feature + 1] ?? 0;
      for (let pair = offsets[feature] ?? 0; pair < end; pair++) {
        const at = row + (labels[pair] ?? 0);
        scores[at] = (scores[at] ?? 0) + (weights[pair] ?? 0) * step;
      }
    }
  };

  return (tokens, marks) => {
    if (tokens.starts.length === 0) return [];
    const short = shorten(tokens);
    const topic = topics ? 1 + guessTopic(topics, topicFeatures(hashWords(short)), topicScores) : 0;
    const view = viewSentence(short, { clusters: [] }, marks, topic);
    const scores = decoder.scores(view.count);
    for (let i = 0; i < view.count; i++) {
      buffer.length = 0;
      addTokenFeatures(view, i, buffer);
      addScores(i * labelCount, scores);
    }
    return toSpans(decoder.decode(view.count), view.count, types);
  };
}

function shorten(tokens: Tokens): Tokens {
  if (tokens.starts.length <= maxTokens) return tokens;
  return { ...tokens, starts: tokens.starts.slice(0, maxTokens), ends: tokens.ends.slice(0, maxTokens) };
}

export function hashWords({ folded, starts, ends }: Tokens): number[] {
  return starts.map((start, i) => hashUnits(folded, start, ends[i] ?? start));
}

function toSpans(path: Int32Array, count: number, types: readonly TagType[]): readonly TaggedSpan[] {
  const spans: TaggedSpan[] = [];
  for (let first = 0; first < count; first++) {
    const label = path[first] ?? outside;
    if (label === outside || isInside(label)) continue;
    const type = types[typeOf(label)];
    let last = first;
    while (last + 1 < count && path[last + 1] === beginOf(typeOf(label)) + 1) last++;
    if (type) spans.push({ type, first, last, score: 0.9 });
    first = last;
  }
  return spans;
}
