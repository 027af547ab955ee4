import type { TrainingExample } from '../../training-example.ts';
import { foldText } from '../fold-text.ts';
import { annotateTokens, labelTokens } from './annotate-tokens.ts';
import { countWordPlaces, familiarWithout, packFamiliar } from './familiar-words.ts';
import { fitTopics } from './fit-topics.ts';
import { makeAnswers } from './make-answers.ts';
import { numberSentences } from './number-sentences.ts';
import { packAsked, packWeights } from './pack-weights.ts';
import { countPhrases, lookupWithout, markPhrases, packPhrases } from './phrase-knowledge.ts';
import type { PreparedSentence } from './prepared-sentence.ts';
import { createRandom } from '../../random.ts';
import { splitTokens, type Tokens } from './split-tokens.ts';
import { createTagSet, type TagSet } from './tag-set.ts';
import type { TaggerModel } from './tagger-model.ts';
import { hashWords, viewSentence } from './token-features.ts';
import { trainCommittee } from './train-committee.ts';

export interface TaggerTraining {
  readonly seed: number;
  /** What lists and recognisers find in a text, as marks on its tokens. */
  readonly marksOf: (tokens: Tokens, example: TrainingExample) => readonly Int32Array[];
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** Few sentences are gone over more often. */
export function epochsFor(sentences: number): number {
  return Math.min(Math.max(Math.round(20_000 / Math.max(sentences, 1)), 5), 20);
}

/** @returns `undefined` when nothing is annotated. */
export function trainTagger(
  examples: readonly TrainingExample[],
  training: TaggerTraining,
): TaggerModel | undefined {
  const tags = createTagSet(examples.flatMap(({ entities }) => entities));
  if (tags.types.length === 0) return undefined;
  const random = createRandom(training.seed);
  const { sentences, topics, phrases, familiar } = prepare(examples, tags, training, random);
  const made = makeAnswers(sentences, tags, random);
  const { sentences: numbered, numbers, askedNumbers } = numberSentences(sentences, made, tags);
  const epochs = epochsFor(sentences.length);
  const { model, certainty } = trainCommittee(numbered, {
    labelCount: tags.size,
    featureCount: numbers.size,
    askedCount: askedNumbers.size,
    epochs,
    random,
    onEpoch: (done) => training.onProgress?.(Math.min((done + 1) / (3 * epochs), 1)),
  });
  return {
    types: tags.types,
    base: packWeights(numbers.hashes(), model.emissions),
    asked: packAsked(askedNumbers.hashes(), model.asked),
    transitions: model.transitions,
    certainty,
    topics,
    phrases,
    familiar,
  };
}

function prepare(
  examples: readonly TrainingExample[],
  tags: TagSet,
  { marksOf }: TaggerTraining,
  random: () => number,
): Pick<TaggerModel, 'topics' | 'phrases' | 'familiar'> & {
  readonly sentences: readonly PreparedSentence[];
} {
  const read = examples.map((example) => {
    const tokens = splitTokens(example.text, foldText(example.text));
    const words = hashWords(tokens);
    return { example, tokens, words, annotated: annotateTokens(tokens, example.entities, tags) };
  });
  const topics = fitTopics(
    read.map(({ words }) => words),
    examples.map(({ intent }) => intent),
    random,
  );
  const phrases = countPhrases(read);
  const places = countWordPlaces(read);
  const sentences = read.map(({ example, tokens, words, annotated }, i): PreparedSentence => {
    const known = markPhrases(lookupWithout(phrases, words, annotated), phrases.longest, words);
    const familiar = familiarWithout(places, { tokens, annotated });
    const view = viewSentence(tokens, [...marksOf(tokens, example), known], topics.guesses[i] ?? 0, familiar);
    const labels = labelTokens(view.count, annotated);
    return { tokens, annotated, labels, view, requested: example.requested ?? [] };
  });
  return { sentences, topics: topics.model, phrases: packPhrases(phrases), familiar: packFamiliar(places) };
}
