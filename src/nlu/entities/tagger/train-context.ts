import { addContextFeatures, requestOf } from './context-features.ts';
import { hashEach, hashView } from './hash-view.ts';
import { makeAnswers } from './make-answers.ts';
import { FeatureNumbers } from './number-features.ts';
import type { NumberedSentence } from './numbered-sentence.ts';
import { packWeights } from './pack-weights.ts';
import type { PreparedSentence } from './prepared-sentence.ts';
import type { TagSet } from './tag-set.ts';
import type { PackedWeights } from './tagger-model.ts';
import { addScores, trainPerceptron, type Perceptron, type PerceptronOptions } from './train-perceptron.ts';

export interface ContextTraining {
  readonly sentences: readonly PreparedSentence[];
  /** The same, as numbers of `numbers`. */
  readonly numbered: readonly NumberedSentence[];
  readonly numbers: FeatureNumbers;
  readonly tags: TagSet;
  /** Fitted to all sentences. */
  readonly base: Perceptron;
  readonly options: PerceptronOptions;
}

const folds = 5;

/**
 * Fits what the slots asked for add to a tagger, which itself stays as it is: without context nothing changes.
 *
 * It learns from examples that tell what was asked, scored by taggers that have not seen them, and from answers made of
 * annotated spans, so that a bot whose examples tell nothing of the kind still takes "Lyon" for the city it asked for.
 */
export function trainContext(training: ContextTraining): PackedWeights {
  const { tags, base, options, sentences, numbers } = training;
  const recorded = recordedAnswers(training);
  const made = makeAnswers(sentences, tags, options.random).map((answer) => {
    const sentence = numbers.numberKnown(hashView(answer.view, answer.labels));
    return { answer, base: score(base, sentence, tags.size) };
  });
  const contextNumbers = new FeatureNumbers();
  const asked = [...recorded, ...made].map(({ answer, base: scores }): NumberedSentence => {
    const request = requestOf(answer.requested, tags.types);
    const hashed = hashEach(answer.view, answer.labels, (i, out) =>
      addContextFeatures(answer.view, i, request, out),
    );
    return { ...contextNumbers.number(hashed), requested: request.types, base: scores };
  });
  const { emissions } = trainPerceptron(asked, {
    ...options,
    featureCount: contextNumbers.size,
    transitions: base.transitions,
    onEpoch: undefined,
  });
  return packWeights(contextNumbers.hashes(), emissions);
}

interface ScoredAnswer {
  readonly answer: PreparedSentence;
  readonly base: Float32Array;
}

/** The examples that tell what was asked, each scored by a tagger fitted to the other folds. */
function recordedAnswers({ sentences, numbered, tags, options }: ContextTraining): readonly ScoredAnswer[] {
  if (sentences.every(({ requested }) => requested.length === 0)) return [];
  const answers: ScoredAnswer[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const rest = numbered.filter((_, i) => i % folds !== fold);
    const model = trainPerceptron(rest, { ...options, onEpoch: undefined });
    for (let i = fold; i < sentences.length; i += folds) {
      const answer = sentences[i];
      const sentence = numbered[i];
      if (!answer || !sentence || answer.requested.length === 0) continue;
      answers.push({ answer, base: score(model, sentence, tags.size) });
    }
  }
  return answers;
}

function score(model: Perceptron, sentence: NumberedSentence, labelCount: number): Float32Array {
  const scores = new Float64Array(sentence.labels.length * labelCount);
  addScores(model.emissions, sentence, labelCount, scores);
  return Float32Array.from(scores);
}
