import {
  createNeighbourBuffer,
  type NeighbourBuffer,
  type NeighbourIndex,
  type NeighbourSearch,
} from './neighbours.ts';
import { createNeighbourSearch, createScorer } from './ngram-kernel.ts';
import { highestPlace } from './highest-places.ts';
import { logisticProbability } from './logistic.ts';
import { confidenceOf, evidenceNames, evidenceVector, type Evidence, type Rejector } from './rejector.ts';
import type { NgramScorer, QuantizedWeights } from './quantize-weights.ts';
import { softmaxInPlace } from './softmax-regression.ts';
import type { DenseClassifier } from './encoder/dense-classifier.ts';
import { stackLogits, transferredWeights, type StackWeights } from './stack-weights.ts';
import { findNearVectors, type VectorIndex } from './vector-neighbours.ts';
import { createVectorBuffer, vectorize, type VectorBuffer, type Vectorizer } from './vectorize.ts';

/** Everything that deciding on an intent needs. */
export interface IntentModel {
  /** Sorted; class c of the weights is the c-th. One class more, when there is one, is out of scope. */
  readonly intents: readonly string[];
  readonly vectorizer: Vectorizer;
  readonly weights: QuantizedWeights;
  readonly temperature: number;
  readonly rejector: Rejector;
  readonly neighbours: NeighbourIndex;
  /** The utterance of each row of `neighbours`, and the place of its intent in `intents`. */
  readonly utterances: readonly string[];
  readonly utteranceIntents: Uint16Array;
  /** Absent in a model trained without an encoder. */
  readonly sentences?: SentenceModel | undefined;
}

/** What an encoder adds: a second opinion on the intent, and nearness of meaning. */
export interface SentenceModel {
  readonly classifier: DenseClassifier;
  readonly stack: StackWeights;
  readonly rejector: Rejector;
  readonly vectors: VectorIndex;
  /** The n-grams decide alone where they are more confident than this. */
  readonly shortcut: number;
}

/** What one classifier works with; nothing is allocated for a message. */
export interface Workspace {
  readonly score: NgramScorer;
  readonly findNeighbours: NeighbourSearch;
  readonly vector: VectorBuffer;
  readonly logits: Float32Array;
  /** Of the intents, given that one of them is meant: the places of `logits` that are theirs. */
  readonly probabilities: Float32Array;
  readonly neighbours: NeighbourBuffer;
  /** What decides on the last classification. */
  rejector: Rejector;
  /** Log-odds of the class out of scope against all intents. */
  foreign: number;
  /** Whether the last text was in a language that the n-grams have not learned. */
  transferred: boolean;
}

/** How many neighbours the evidence looks at. */
export const neighbourCount = 10;

type Scorer = Omit<IntentModel, 'utterances'>;

export function createWorkspace(model: Scorer): Workspace {
  const logits = new Float32Array(model.weights.classes);
  return {
    score: createScorer(model.weights),
    findNeighbours: createNeighbourSearch(model.neighbours),
    vector: createVectorBuffer(model.vectorizer.vocabulary),
    logits,
    probabilities: logits.subarray(0, model.intents.length),
    neighbours: createNeighbourBuffer(neighbourCount),
    rejector: model.rejector,
    foreign: 0,
    transferred: false,
  };
}

/**
 * Fills the workspace with the text's vector, its neighbours and the intents' calibrated probabilities.
 *
 * @param sentence - What the encoder makes of the text; without it the n-grams decide alone.
 * @param transferred - Whether the text is in a language that the n-grams have not learned, so that the sentence
 *   decides alone.
 */
export function classify(
  model: Scorer,
  text: string,
  work: Workspace,
  sentence?: Float32Array,
  transferred = false,
): void {
  vectorize(model.vectorizer, text, work.vector);
  const { vector, logits, probabilities, neighbours } = work;
  work.score(vector, vector.size, logits);
  if (sentence && model.sentences) {
    const { classifier, stack, rejector, vectors } = model.sentences;
    work.transferred = transferred;
    stackLogits(transferred ? transferredWeights(stack) : stack, logits, classifier.logits(sentence), logits);
    work.foreign = settle(logits, model.intents.length);
    findNearVectors(vectors, sentence, probabilities, neighbours);
    work.rejector = rejector;
    return;
  }
  work.transferred = false;
  for (let c = 0; c < logits.length; c += 1) logits[c] = (logits[c] ?? 0) / model.temperature;
  work.foreign = settle(logits, model.intents.length);
  work.findNeighbours(vector, 0, vector.size, neighbours);
  work.rejector = model.rejector;
}

/**
 * Turns the intents' logits, which come first, into their probabilities given that one of them is meant.
 *
 * @returns The log-odds of the class out of scope, whose logit comes last; 0 without such a class.
 */
export function settle(logits: Float32Array, intents: number): number {
  const inside = logits.subarray(0, intents);
  const highest = inside.reduce((most, logit) => Math.max(most, logit), -Infinity);
  const total = inside.reduce((sum, logit) => sum + Math.exp(logit - highest), 0);
  const foreign = logits[intents];
  softmaxInPlace(inside);
  return foreign === undefined ? 0 : foreign - highest - Math.log(total);
}

/** What the neighbours say about a text whose best intent is `best`. */
export function neighbourEvidence(
  { found, scores, rows }: NeighbourBuffer,
  intentOf: ArrayLike<number>,
  best: number,
): Pick<Evidence, 'nearest' | 'tenthNearest' | 'agreement'> {
  let agreeing = 0;
  let total = 0;
  for (let at = 0; at < found; at += 1) {
    const score = scores[at] ?? 0;
    total += score;
    if (intentOf[rows[at] ?? 0] === best) agreeing += score;
  }
  return {
    nearest: found === 0 ? 0 : (scores[0] ?? 0),
    tenthNearest: found < neighbourCount ? 0 : (scores[neighbourCount - 1] ?? 0),
    agreement: total === 0 ? 0 : agreeing / total,
  };
}

/** What the probabilities themselves say. */
export function probabilityEvidence(
  probabilities: Float32Array,
): Pick<Evidence, 'logTop' | 'margin' | 'entropy'> {
  let best = 0;
  let second = 0;
  let entropy = 0;
  for (const probability of probabilities) {
    if (probability > 1e-9) entropy -= probability * Math.log(probability);
    if (probability > best) {
      second = best;
      best = probability;
    } else if (probability > second) second = probability;
  }
  return { logTop: Math.log(Math.max(best, 1e-9)), margin: best - second, entropy };
}

export interface Decision {
  /** P(no intent of this bot | text). */
  readonly outOfScope: number;
  /** P(the best intent is what was meant). */
  readonly confidence: number;
  readonly accepted: boolean;
}

function wordingOf({ known, features }: VectorBuffer): Pick<Evidence, 'known' | 'length'> {
  return { known, length: Math.log(1 + features.size) };
}

/** What n-grams say of a language that they have not learned is no evidence: what they mostly say instead. */
function typicalWording({ model }: Rejector): Pick<Evidence, 'known' | 'length'> {
  const typical = (name: keyof Evidence): number => model.means[evidenceNames.indexOf(name)] ?? 0;
  return { known: typical('known'), length: typical('length') };
}

/** What the rejector makes of the workspace's last classification. */
export function decide(model: IntentModel, work: Workspace): Decision {
  const { vector, probabilities, neighbours, rejector, foreign, transferred } = work;
  if (vector.size === 0 && !transferred) return { outOfScope: 1, confidence: 0, accepted: false };
  const evidence: Evidence = {
    ...probabilityEvidence(probabilities),
    ...neighbourEvidence(neighbours, model.utteranceIntents, highestPlace(probabilities)),
    foreign,
    ...(transferred ? typicalWording(rejector) : wordingOf(vector)),
  };
  const outOfScope = logisticProbability(rejector.model, evidenceVector(evidence));
  const confidence = confidenceOf(evidence, outOfScope);
  return { outOfScope, confidence, accepted: confidence >= rejector.threshold };
}
