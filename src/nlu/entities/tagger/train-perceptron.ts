import { AveragedWeights } from './averaged-weights.ts';
import { findPair, pairFeatures, type LabelWeights } from './label-weights.ts';
import type { NumberedSentence, TokenNumbers } from './numbered-sentence.ts';
import { shuffle } from './shuffle.ts';
import { beginOf, isInside, outside, typeOf } from './tag-set.ts';
import { createDecoder, type Decoder } from './viterbi.ts';

export interface PerceptronOptions {
  readonly labelCount: number;
  readonly featureCount: number;
  /** How many features there are that hold because of what was asked. */
  readonly askedCount: number;
  readonly epochs: number;
  readonly random: () => number;
  /** Sentences whose features are known but that are not learned from. */
  readonly leaveOut?: ((sentence: NumberedSentence) => boolean) | undefined;
  readonly onEpoch?: ((epoch: number) => void) | undefined;
}

export interface Perceptron {
  readonly emissions: LabelWeights;
  /** What a feature of the question adds where a type that was asked for begins, or goes on. */
  readonly asked: Float32Array;
  /** `transitions[from * labelCount + to]`. */
  readonly transitions: Float32Array;
}

/** By how much the right labels have to lead, in a span and outside of one: what is overlooked costs more than what is made up. */
const spanMargin = 10;
const outsideMargin = 5;

/**
 * How much of what its words say is left out of a recorded answer that is learned from with its question, each time anew:
 * words known by heart would leave the question nothing to explain.
 */
const leftOutOfAnswers = 0.3;

/**
 * Fits a tagger, averaged over all its steps.
 *
 * @see Collins, "Discriminative Training Methods for Hidden Markov Models" (2002).
 */
export function trainPerceptron(
  sentences: readonly NumberedSentence[],
  options: PerceptronOptions,
): Perceptron {
  const { labelCount, featureCount, askedCount, epochs, random, onEpoch } = options;
  const model: Perceptron = {
    emissions: pairFeatures(sentences, featureCount, labelCount),
    asked: new Float32Array(askedCount),
    transitions: new Float32Array(labelCount * labelCount),
  };
  const run = new Run(model, labelCount);
  const order = Int32Array.from(sentences.keys()).filter((i) => {
    const sentence = sentences[i];
    return sentence !== undefined && options.leaveOut?.(sentence) !== true;
  });
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const i of order) {
      const sentence = sentences[i];
      if (!sentence) continue;
      const recorded = sentence.asked !== undefined && sentence.example >= 0;
      run.learn(recorded ? thinOut(sentence, leftOutOfAnswers, random) : sentence);
    }
    onEpoch?.(epoch);
  }
  run.average();
  return model;
}

class Run {
  readonly #model: Perceptron;
  readonly #labelCount: number;
  readonly #decoder: Decoder;
  readonly #emissions: AveragedWeights;
  readonly #asked: AveragedWeights;
  readonly #transitions: AveragedWeights;
  #step = 1;

  constructor(model: Perceptron, labelCount: number) {
    this.#model = model;
    this.#labelCount = labelCount;
    this.#decoder = createDecoder(labelCount, model.transitions);
    this.#emissions = new AveragedWeights(model.emissions.weights);
    this.#asked = new AveragedWeights(model.asked);
    this.#transitions = new AveragedWeights(model.transitions);
  }

  learn(sentence: NumberedSentence): void {
    const { labels } = sentence;
    if (labels.length === 0) return;
    const scores = this.#decoder.scores(labels.length);
    addScores(this.#model, sentence, this.#labelCount, scores);
    for (let t = 0; t < labels.length; t++) {
      const label = labels[t] ?? 0;
      const gold = t * this.#labelCount + label;
      scores[gold] = (scores[gold] ?? 0) - (label === outside ? outsideMargin : spanMargin);
    }
    const path = this.#decoder.decode(labels.length);
    for (let t = 0; t < labels.length; t++) this.#correct(sentence, path, t);
    this.#step++;
  }

  #correct(
    { features, offsets, labels, example, asked }: NumberedSentence,
    path: Int32Array,
    t: number,
  ): void {
    const gold = labels[t] ?? 0;
    const guess = path[t] ?? 0;
    // From what was made up only the weight of the question is learned.
    const made = example < 0;
    if (t > 0 && !made) this.#moveTransition(labels[t - 1] ?? 0, gold, path[t - 1] ?? 0, guess);
    if (gold === guess) return;
    const last = made ? 0 : (offsets[t + 1] ?? 0);
    for (let k = offsets[t] ?? 0; k < last; k++) {
      const feature = features[k] ?? 0;
      this.#movePair(feature, gold, 1);
      this.#movePair(feature, guess, -1);
    }
    if (!asked) return;
    const isAsked = (label: number): boolean => label !== outside && asked.types.includes(typeOf(label));
    const begins = (label: number): number => Number(isAsked(label) && !isInside(label));
    const goesOn = (label: number): number => Number(isAsked(label) && isInside(label));
    this.#moveAsked(asked.begins, t, begins(gold) - begins(guess));
    this.#moveAsked(asked.goesOn, t, goesOn(gold) - goesOn(guess));
  }

  #moveAsked({ features, offsets }: TokenNumbers, t: number, by: number): void {
    if (by === 0) return;
    const last = offsets[t + 1] ?? 0;
    for (let k = offsets[t] ?? 0; k < last; k++) this.#asked.move(features[k] ?? 0, by, this.#step);
  }

  #movePair(feature: number, label: number, by: number): void {
    const pair = findPair(this.#model.emissions, feature, label);
    if (pair >= 0) this.#emissions.move(pair, by, this.#step);
  }

  #moveTransition(goldFrom: number, gold: number, guessFrom: number, guess: number): void {
    if (gold === guess && goldFrom === guessFrom) return;
    this.#transitions.move(goldFrom * this.#labelCount + gold, 1, this.#step);
    this.#transitions.move(guessFrom * this.#labelCount + guess, -1, this.#step);
  }

  average(): void {
    for (const weights of [this.#emissions, this.#asked, this.#transitions]) weights.average(this.#step);
  }
}

/** Leaves out a share of the features that hold whatever was asked. */
function thinOut(sentence: NumberedSentence, share: number, random: () => number): NumberedSentence {
  const features = new Int32Array(sentence.features.length);
  const offsets = new Int32Array(sentence.offsets.length);
  let kept = 0;
  for (let t = 0; t + 1 < offsets.length; t++) {
    for (let k = sentence.offsets[t] ?? 0; k < (sentence.offsets[t + 1] ?? 0); k++)
      if (random() >= share) features[kept++] = sentence.features[k] ?? 0;
    offsets[t + 1] = kept;
  }
  return { ...sentence, features, offsets };
}

/** Adds what each token's features say of each label. */
export function addScores(
  { emissions, asked: askedWeights }: Perceptron,
  { features, offsets, labels, asked }: NumberedSentence,
  labelCount: number,
  scores: Float64Array,
): void {
  const { offsets: pairOffsets, labels: pairLabels, weights } = emissions;
  for (let t = 0; t < labels.length; t++) {
    const row = t * labelCount;
    const last = offsets[t + 1] ?? 0;
    for (let k = offsets[t] ?? 0; k < last; k++) {
      const feature = features[k] ?? 0;
      const end = pairOffsets[feature + 1] ?? 0;
      for (let pair = pairOffsets[feature] ?? 0; pair < end; pair++) {
        const at = row + (pairLabels[pair] ?? 0);
        scores[at] = (scores[at] ?? 0) + (weights[pair] ?? 0);
      }
    }
    if (!asked) continue;
    addToAsked(
      scores,
      row,
      asked.types,
      sumOf(asked.begins, askedWeights, t),
      sumOf(asked.goesOn, askedWeights, t),
    );
  }
}

function sumOf({ features, offsets }: TokenNumbers, weights: Float32Array, t: number): number {
  let sum = 0;
  const last = offsets[t + 1] ?? 0;
  for (let k = offsets[t] ?? 0; k < last; k++) sum += weights[features[k] ?? 0] ?? 0;
  return sum;
}

/** Adds to the score of each type that was asked for: to begin at a token, and to go on there. */
export function addToAsked(
  scores: Float64Array,
  row: number,
  types: readonly number[],
  begins: number,
  goesOn: number,
): void {
  for (const type of types) {
    const at = row + beginOf(type);
    scores[at] = (scores[at] ?? 0) + begins;
    scores[at + 1] = (scores[at + 1] ?? 0) + goesOn;
  }
}
