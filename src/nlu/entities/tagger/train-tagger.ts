import type { TrainingExample } from '../../training-example.ts';
import { foldText } from '../fold-text.ts';
import type { LabelWeights } from './label-weights.ts';
import type { NumberedSentence } from './numbered-sentence.ts';
import { createRandom } from './random.ts';
import { splitTokens, type Tokens } from './split-tokens.ts';
import { beginOf, createTagSet, tagKey, type TagSet } from './tag-set.ts';
import { hashWords } from './tagger.ts';
import type { TaggerModel } from './tagger-model.ts';
import { addTokenFeatures, FeatureBuffer, viewSentence } from './token-features.ts';
import {
  guessTopic,
  topicFeatures,
  trainTopics,
  type TopicModel,
  type TopicSentence,
} from './topic-model.ts';
import { trainPerceptron } from './train-perceptron.ts';

export interface TaggerTraining {
  readonly seed: number;
  /** What lists and recognisers find in a text, as marks on its tokens. */
  readonly marksOf: (tokens: Tokens, example: TrainingExample) => readonly Int32Array[];
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Few sentences are gone over more often. */
function epochsFor(sentences: number): number {
  return Math.min(Math.max(Math.round(20_000 / Math.max(sentences, 1)), 8), 40);
}

const topicFolds = 4;

/** @returns `undefined` when nothing is annotated. */
export function trainTagger(
  examples: readonly TrainingExample[],
  training: TaggerTraining,
): TaggerModel | undefined {
  const tags = createTagSet(examples.flatMap(({ entities }) => entities));
  if (tags.types.length === 0) return undefined;
  const random = createRandom(training.seed);
  const epochs = epochsFor(examples.length);
  const tokens = examples.map(({ text }) => splitTokens(text, foldText(text)));
  const { topics, guesses } = fitTopics(examples, tokens, random);
  const hashed = examples.map((example, i) =>
    hashExample(example, tokens[i], tags, training, guesses[i] ?? 0),
  );
  const { keys, sentences } = numberFeatures(hashed);
  const { emissions, transitions } = trainPerceptron(sentences, {
    labelCount: tags.size,
    featureCount: keys.length,
    epochs,
    margin: 0,
    random,
    onEpoch: (epoch) => training.onProgress?.((epoch + 1) / epochs),
  });
  return { types: tags.types, ...compact(keys, emissions), transitions, topics };
}

interface Topics {
  readonly topics: TopicModel | undefined;
  /** For each example the topic guessed by a model that has not seen it, from 1; 0 without topics. */
  readonly guesses: readonly number[];
}

function fitTopics(
  examples: readonly TrainingExample[],
  tokens: readonly Tokens[],
  random: () => number,
): Topics {
  const names = [...new Set(examples.flatMap(({ intent }) => intent ?? []))].sort();
  if (names.length < 2) return { topics: undefined, guesses: [] };
  const places = new Map(names.map((name, i) => [name, i]));
  const sentences = examples.map(({ intent }, i): TopicSentence => ({
    features: topicFeatures(hashWords(tokens[i] ?? emptyTokens)),
    topic: intent === undefined ? -1 : (places.get(intent) ?? -1),
  }));
  const guesses = new Array<number>(sentences.length).fill(0);
  const scores = new Float64Array(names.length);
  for (let fold = 0; fold < topicFolds; fold++) {
    const rest = sentences.filter(({ topic }, i) => topic >= 0 && i % topicFolds !== fold);
    const model = trainTopics(rest, names.length, random);
    for (let i = fold; i < sentences.length; i += topicFolds) {
      guesses[i] = 1 + guessTopic(model, sentences[i]?.features ?? [], scores);
    }
  }
  return {
    topics: trainTopics(
      sentences.filter(({ topic }) => topic >= 0),
      names.length,
      random,
    ),
    guesses,
  };
}

const emptyTokens: Tokens = { text: '', folded: '', starts: [], ends: [] };

interface HashedSentence {
  readonly hashes: Int32Array;
  readonly offsets: Int32Array;
  readonly labels: Int32Array;
}

const buffer = new FeatureBuffer();

function hashExample(
  example: TrainingExample,
  tokens: Tokens = emptyTokens,
  tags: TagSet,
  { marksOf }: TaggerTraining,
  topic: number,
): HashedSentence {
  const view = viewSentence(tokens, { clusters: [] }, marksOf(tokens, example), topic);
  const offsets = new Int32Array(view.count + 1);
  buffer.length = 0;
  for (let i = 0; i < view.count; i++) {
    addTokenFeatures(view, i, buffer);
    offsets[i + 1] = buffer.length;
  }
  return {
    hashes: buffer.hashes.slice(0, buffer.length),
    offsets,
    labels: labelTokens(example, tokens, tags),
  };
}

/** A token belongs to the annotation that it lies in, wholly or in part. */
export function labelTokens(
  { entities }: TrainingExample,
  { starts, ends }: Tokens,
  tags: TagSet,
): Int32Array {
  const places = new Map(tags.types.map((type, i) => [tagKey(type), i]));
  const labels = new Int32Array(starts.length);
  for (const annotation of entities) {
    const type = places.get(tagKey(annotation));
    if (type === undefined) continue;
    let label = beginOf(type);
    for (let i = 0; i < starts.length; i++) {
      if ((starts[i] ?? 0) >= annotation.end || (ends[i] ?? 0) <= annotation.start) continue;
      labels[i] = label;
      label = beginOf(type) + 1;
    }
  }
  return labels;
}

function numberFeatures(hashed: readonly HashedSentence[]): {
  readonly keys: Int32Array;
  readonly sentences: readonly NumberedSentence[];
} {
  const numbers = new Map<number, number>();
  const sentences = hashed.map(({ hashes, offsets, labels }): NumberedSentence => {
    const features = hashes.map((hash) => {
      const known = numbers.get(hash);
      if (known !== undefined) return known;
      numbers.set(hash, numbers.size);
      return numbers.size - 1;
    });
    return { features, offsets, labels };
  });
  return { keys: Int32Array.from(numbers.keys()), sentences };
}

/** Weights below this decide nothing that folds can see. */
const negligible = 0.05;

function compact(
  keys: Int32Array,
  { offsets, labels, weights }: LabelWeights,
): Pick<TaggerModel, 'keys' | 'offsets' | 'labels' | 'weights' | 'step'> {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const step = largest / 32_767 || 1;
  const keptKeys: number[] = [];
  const keptOffsets = [0];
  const keptLabels: number[] = [];
  const keptWeights: number[] = [];
  for (let f = 0; f < keys.length; f++) {
    const last = offsets[f + 1] ?? 0;
    for (let pair = offsets[f] ?? 0; pair < last; pair++) {
      const weight = weights[pair] ?? 0;
      if (Math.abs(weight) < negligible) continue;
      keptLabels.push(labels[pair] ?? 0);
      keptWeights.push(Math.round(weight / step));
    }
    if (keptLabels.length === keptOffsets.at(-1)) continue;
    keptKeys.push(keys[f] ?? 0);
    keptOffsets.push(keptLabels.length);
  }
  return {
    keys: Int32Array.from(keptKeys),
    offsets: Int32Array.from(keptOffsets),
    labels: Uint16Array.from(keptLabels),
    weights: Int16Array.from(keptWeights),
    step,
  };
}
