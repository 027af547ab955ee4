import type { TrainingExample } from '../../training-example.ts';
import { foldText } from '../fold-text.ts';
import { annotateTokens, labelTokens } from './annotate-tokens.ts';
import { fitTopics } from './fit-topics.ts';
import { hashView } from './hash-view.ts';
import { FeatureNumbers } from './number-features.ts';
import { packWeights } from './pack-weights.ts';
import { countPhrases, lookupWithout, markPhrases, packPhrases } from './phrase-knowledge.ts';
import type { PreparedSentence } from './prepared-sentence.ts';
import { createRandom } from './random.ts';
import { splitTokens, type Tokens } from './split-tokens.ts';
import { createTagSet, type TagSet } from './tag-set.ts';
import type { TaggerModel } from './tagger-model.ts';
import { hashWords, viewSentence } from './token-features.ts';
import { trainContext } from './train-context.ts';
import { trainPerceptron, type PerceptronOptions } from './train-perceptron.ts';

export interface TaggerTraining {
  readonly seed: number;
  /** What lists and recognisers find in a text, as marks on its tokens. */
  readonly marksOf: (tokens: Tokens, example: TrainingExample) => readonly Int32Array[];
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** @see docs/decisions: how far the right labels have to lead was chosen on folds. */
const margin = 10;

/** Few sentences are gone over more often. */
export function epochsFor(sentences: number): number {
  return Math.min(Math.max(Math.round(20_000 / Math.max(sentences, 1)), 8), 40);
}

/** @returns `undefined` when nothing is annotated. */
export function trainTagger(
  examples: readonly TrainingExample[],
  training: TaggerTraining,
): TaggerModel | undefined {
  const tags = createTagSet(examples.flatMap(({ entities }) => entities));
  if (tags.types.length === 0) return undefined;
  const random = createRandom(training.seed);
  const { sentences, topics, phrases } = prepare(examples, tags, training, random);
  const numbers = new FeatureNumbers();
  const numbered = sentences.map(({ view, labels }) => numbers.number(hashView(view, labels)));
  const epochs = epochsFor(sentences.length);
  const options: PerceptronOptions = {
    labelCount: tags.size,
    featureCount: numbers.size,
    epochs,
    margin,
    random,
    onEpoch: (epoch) => training.onProgress?.((0.8 * (epoch + 1)) / epochs),
  };
  const base = trainPerceptron(numbered, options);
  const context = trainContext({ sentences, numbered, numbers, tags, base, options });
  training.onProgress?.(1);
  return {
    types: tags.types,
    base: packWeights(numbers.hashes(), base.emissions),
    context,
    transitions: base.transitions,
    topics,
    phrases,
  };
}

function prepare(
  examples: readonly TrainingExample[],
  tags: TagSet,
  { marksOf }: TaggerTraining,
  random: () => number,
): Pick<TaggerModel, 'topics' | 'phrases'> & { readonly sentences: readonly PreparedSentence[] } {
  const read = examples.map((example) => {
    const tokens = splitTokens(example.text, foldText(example.text));
    return { example, tokens, annotated: annotateTokens(tokens, example.entities, tags) };
  });
  const topics = fitTopics(
    read.map(({ tokens }) => hashWords(tokens)),
    examples.map(({ intent }) => intent),
    random,
  );
  const phrases = countPhrases(read);
  const sentences = read.map(({ example, tokens, annotated }, i): PreparedSentence => {
    const known = markPhrases(lookupWithout(phrases, tokens, annotated), phrases.longest, tokens);
    const view = viewSentence(tokens, [...marksOf(tokens, example), known], topics.guesses[i] ?? 0);
    const labels = labelTokens(view.count, annotated);
    return { tokens, annotated, labels, view, requested: example.requested ?? [] };
  });
  return { sentences, topics: topics.model, phrases: packPhrases(phrases) };
}
