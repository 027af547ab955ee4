import { addWeight, aliasOf, findPair, pairFeatures, type LabelWeights } from './label-weights.ts';
import type { NumberedSentence } from './numbered-sentence.ts';
import { shuffle } from './shuffle.ts';
import { createDecoder, type Decoder } from './viterbi.ts';

export interface PerceptronOptions {
  readonly labelCount: number;
  readonly featureCount: number;
  readonly epochs: number;
  readonly random: () => number;
  /** By how much the right labels have to lead. */
  readonly margin: number;
  /** Transitions that stand already, and stay. */
  readonly transitions?: Float32Array | undefined;
  readonly onEpoch?: ((epoch: number) => void) | undefined;
}

export interface Perceptron {
  readonly emissions: LabelWeights;
  /** `transitions[from * labelCount + to]`. */
  readonly transitions: Float32Array;
}

/**
 * Fits a tagger, averaged over all its steps.
 *
 * @see Collins, "Discriminative Training Methods for Hidden Markov Models" (2002).
 */
export function trainPerceptron(
  sentences: readonly NumberedSentence[],
  options: PerceptronOptions,
): Perceptron {
  const { labelCount, featureCount, epochs, random, onEpoch } = options;
  const emissions = pairFeatures(sentences, featureCount, labelCount);
  const transitions = options.transitions?.slice() ?? new Float32Array(labelCount * labelCount);
  const run = new Run(emissions, transitions, options);
  const order = Int32Array.from(sentences, (_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const i of order) {
      const sentence = sentences[i];
      if (sentence) run.learn(sentence);
    }
    onEpoch?.(epoch);
  }
  run.average();
  return { emissions, transitions };
}

class Run {
  readonly #emissions: LabelWeights;
  readonly #transitions: Float32Array;
  readonly #labelCount: number;
  readonly #decoder: Decoder;
  /** Each change times the step it came at: what has to be taken off for the average. */
  readonly #late: Float64Array;
  readonly #lateTransitions: Float64Array;
  readonly #margin: number;
  readonly #learnsTransitions: boolean;
  #step = 1;

  constructor(emissions: LabelWeights, transitions: Float32Array, options: PerceptronOptions) {
    const { labelCount, margin } = options;
    this.#margin = margin;
    this.#learnsTransitions = options.transitions === undefined;
    this.#emissions = emissions;
    this.#transitions = transitions;
    this.#labelCount = labelCount;
    this.#decoder = createDecoder(labelCount, transitions);
    this.#late = new Float64Array(emissions.weights.length);
    this.#lateTransitions = new Float64Array(transitions.length);
  }

  learn(sentence: NumberedSentence): void {
    const count = sentence.labels.length;
    if (count === 0) return;
    const scores = this.#decoder.scores(count);
    if (sentence.base) scores.set(sentence.base);
    addScores(this.#emissions, sentence, this.#labelCount, scores);
    for (let t = 0; t < count; t++) {
      const gold = t * this.#labelCount + (sentence.labels[t] ?? 0);
      scores[gold] = (scores[gold] ?? 0) - this.#margin;
    }
    const path = this.#decoder.decode(count);
    for (let t = 0; t < count; t++) this.#correct(sentence, path, t);
    this.#step++;
  }

  #correct({ features, offsets, labels, requested }: NumberedSentence, path: Int32Array, t: number): void {
    const gold = labels[t] ?? 0;
    const guess = path[t] ?? 0;
    if (t > 0 && this.#learnsTransitions)
      this.#moveTransition(
        (labels[t - 1] ?? 0) * this.#labelCount + gold,
        (path[t - 1] ?? 0) * this.#labelCount + guess,
      );
    if (gold === guess) return;
    const last = offsets[t + 1] ?? 0;
    for (let k = offsets[t] ?? 0; k < last; k++) {
      const feature = features[k] ?? 0;
      this.#move(feature, gold, 1, requested);
      this.#move(feature, guess, -1, requested);
    }
  }

  #move(feature: number, label: number, by: number, requested: readonly number[] | undefined): void {
    this.#movePair(findPair(this.#emissions, feature, label), by);
    const alias = aliasOf(label, this.#labelCount, requested);
    if (alias >= 0) this.#movePair(findPair(this.#emissions, feature, alias), by);
  }

  #movePair(pair: number, by: number): void {
    if (pair < 0) return;
    const { weights } = this.#emissions;
    weights[pair] = (weights[pair] ?? 0) + by;
    this.#late[pair] = (this.#late[pair] ?? 0) + by * this.#step;
  }

  #moveTransition(gold: number, guess: number): void {
    if (gold === guess) return;
    for (const [pair, by] of [
      [gold, 1],
      [guess, -1],
    ] as const) {
      this.#transitions[pair] = (this.#transitions[pair] ?? 0) + by;
      this.#lateTransitions[pair] = (this.#lateTransitions[pair] ?? 0) + by * this.#step;
    }
  }

  average(): void {
    const { weights } = this.#emissions;
    for (let k = 0; k < weights.length; k++)
      weights[k] = (weights[k] ?? 0) - (this.#late[k] ?? 0) / this.#step;
    for (let k = 0; k < this.#transitions.length; k++) {
      this.#transitions[k] = (this.#transitions[k] ?? 0) - (this.#lateTransitions[k] ?? 0) / this.#step;
    }
  }
}

/** Adds what each token's features say of each label. */
export function addScores(
  emissions: LabelWeights,
  sentence: NumberedSentence,
  labelCount: number,
  scores: Float64Array,
): void {
  const { features, offsets, labels, requested } = sentence;
  const { offsets: pairOffsets, labels: pairLabels, weights } = emissions;
  for (let t = 0; t < labels.length; t++) {
    const row = t * labelCount;
    const last = offsets[t + 1] ?? 0;
    for (let k = offsets[t] ?? 0; k < last; k++) {
      const feature = features[k] ?? 0;
      const end = pairOffsets[feature + 1] ?? 0;
      for (let pair = pairOffsets[feature] ?? 0; pair < end; pair++) {
        addWeight(scores, row, pairLabels[pair] ?? 0, labelCount, weights[pair] ?? 0, requested);
      }
    }
  }
}
