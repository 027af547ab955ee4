import { fitTemperature } from './calibrate.ts';
import type { IntentScores } from './evaluation/evaluation-report.ts';
import { scoreIntents } from './evaluation/intent-scores.ts';
import { defaultFeatureSettings } from './featurize.ts';
import { classFolds, stratifiedFolds } from './folds.ts';
import {
  highestPlace,
  neighbourCount,
  neighbourEvidence,
  probabilityEvidence,
  settle,
  type IntentModel,
  type SentenceModel,
} from './intent-classifier.ts';
import {
  fitPart,
  holdOut,
  type HeldOut,
  type HeldOutSentence,
  type LabelledTexts,
  type Material,
  type SentencePart,
  type SentenceVectors,
} from './intent-part.ts';
import { intentWords } from './intent-words.ts';
import { createNeighbourBuffer } from './neighbours.ts';
import { quantizeWeights } from './quantize-weights.ts';
import { createRandom, shuffledIndices } from './random.ts';
import {
  defaultRejectorSettings,
  fitRejector,
  type Rejector,
  type RejectorRow,
  type RejectorSettings,
} from './rejector.ts';
import { neverSure } from './shortcut.ts';
import type { SoftmaxSettings } from './softmax-regression.ts';
import { fitStackWeights, stackLogits, type StackRow, type StackWeights } from './stack-weights.ts';
import { findNearVectors } from './vector-neighbours.ts';
import type { TrainingExample } from './training-example.ts';
import { fitVectorizer, vectorizeAll, type VectorSettings } from './vectorize.ts';

export interface IntentSettings {
  readonly vector: VectorSettings;
  readonly softmax: Omit<SoftmaxSettings, 'seed'>;
  readonly rejector: RejectorSettings;
  readonly folds: number;
  /** Most rows whose held-out predictions are kept for calibration. */
  readonly maxHeldOut: number;
  readonly seed: number;
}

/** What folds found best; docs/decisions/0021-intent-classifier.md has the measurements. */
export const defaultIntentSettings: IntentSettings = {
  vector: { ...defaultFeatureSettings, minDocuments: 1, maxFeatures: 400_000, idfPower: 0.6, wordShare: 0.5 },
  softmax: { epochs: 12, learningRate: 1, dropout: 0.3, smoothing: 0.1 },
  rejector: defaultRejectorSettings,
  folds: 5,
  maxHeldOut: 20_000,
  seed: 1,
};

export interface TrainingProgress {
  /** Called before each step with the share done, 0 to 1, and what comes next. */
  readonly onProgress?: ((share: number, step: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TrainedIntents {
  readonly model: IntentModel;
  /** What models that never saw them make of the examples; absent when nothing could be held out. */
  readonly heldOut: IntentScores | undefined;
}

/** What labels an utterance that no intent covers. */
export const outOfScopeIntent = 'oos';

/** From here on examples of out of scope are a class that the classifier learns. */
const FEWEST_OUT_OF_SCOPE = 5;
/** Fewer examples of out of scope than this say too little: whole intents are then held out instead. */
const ENOUGH_OUT_OF_SCOPE = 30;
const CLASS_FOLDS = 4;

/** From here on two folds say enough about sentence vectors, whose classifier is slow to learn. */
const MANY_EXAMPLES = 3000;

const none: Pick<SentenceVectors, 'byText'> = { byText: new Map() };

/**
 * Trains the intent classifier: the weights on everything, the temperature and the rejector on what models that never
 * saw a row make of it.
 *
 * @param valid - Examples that tune and never train; may be empty.
 */
export async function trainIntents(
  examples: readonly TrainingExample[],
  valid: readonly TrainingExample[],
  settings: IntentSettings,
  { onProgress, signal }: TrainingProgress = {},
  sentences?: SentenceVectors,
): Promise<TrainedIntents> {
  const inside = examples.filter(({ intent }) => intent !== undefined && intent !== outOfScopeIntent);
  onProgress?.(0, 'features');
  const intents = [...new Set(inside.map(({ intent }) => intent ?? ''))].sort();
  const names = intents.map(intentWords);
  const foreign = examples.filter(({ intent }) => intent === outOfScopeIntent);
  const learned = foreign.length < FEWEST_OUT_OF_SCOPE ? [] : foreign;
  const vocabulary = [...inside, ...learned].map(({ text }) => text);
  const vectorizer = fitVectorizer([...vocabulary, ...names], settings.vector);
  const label = (some: readonly TrainingExample[]): LabelledTexts => {
    const texts = some.map(({ text }) => text);
    const labels = Uint16Array.from(some, ({ intent }) => intents.indexOf(intent ?? ''));
    return { ...vectorizeAll(vectorizer, texts), texts, labels };
  };
  const known = label(inside);
  const named: LabelledTexts = {
    ...vectorizeAll(vectorizer, names),
    texts: names,
    labels: Uint16Array.from(intents.keys()),
  };
  const outside = label(foreign);
  const material: Material = { known, named, outside };
  const softmax = { ...settings.softmax, seed: settings.seed };
  const learnedRows = Uint32Array.from(learned.keys());
  const tuning = label(valid.filter(({ intent }) => intents.includes(intent ?? '')));
  const tuningOutside = label(valid.filter(({ intent }) => intent === outOfScopeIntent));

  const folds = intents.length < 2 ? [] : stratifiedFolds(known.labels, settings.folds, settings.seed);
  const classHoldOuts =
    outside.texts.length + tuningOutside.texts.length >= ENOUGH_OUT_OF_SCOPE ||
    intents.length < 2 * CLASS_FOLDS
      ? []
      : classFolds(known.labels, intents.length, CLASS_FOLDS, settings.seed);

  const steps = folds.length + classHoldOuts.length + 1;
  let done = 0;
  const step = async (name: string): Promise<void> => {
    onProgress?.(done / steps, name);
    done += 1;
    // Lets a progress bar draw and a signal arrive.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  };

  const sentenceFolds = inside.length > MANY_EXAMPLES ? 2 : folds.length;
  const heldOut: HeldOut[] = [];
  for (const [number, fold] of folds.entries()) {
    await step(`fold ${number + 1} of ${folds.length}`);
    const outsideRows = Uint32Array.from(foreign.keys()).filter((row) => row % folds.length === number);
    const learnedHere = learnedRows.filter((row) => row % folds.length !== number);
    const part = fitPart(
      material,
      { known: fold.train, outside: learnedHere },
      softmax,
      number < sentenceFolds ? sentences : undefined,
    );
    const rows = sample(fold.held, Math.ceil(settings.maxHeldOut / folds.length), settings.seed);
    heldOut.push(...holdOut(part, known, rows, sentences ?? none));
    heldOut.push(...holdOut(part, outside, outsideRows, sentences ?? none, -1));
  }
  const pseudo: HeldOut[] = [];
  for (const [number, fold] of classHoldOuts.entries()) {
    await step(`held-out intents ${number + 1} of ${classHoldOuts.length}`);
    const part = fitPart(
      material,
      { known: fold.train, outside: learnedRows },
      softmax,
      number < sentenceFolds ? sentences : undefined,
    );
    const rows = sample(fold.held, Math.ceil(settings.maxHeldOut / CLASS_FOLDS / 2), settings.seed);
    pseudo.push(...holdOut(part, known, rows, sentences ?? none, -1));
  }
  await step('all examples');
  const everything = { known: Uint32Array.from(known.texts.keys()), outside: learnedRows };
  const whole = fitPart(material, everything, softmax, sentences);
  onProgress?.(done / steps, 'calibration');
  heldOut.push(...holdOut(whole, tuning, Uint32Array.from(tuning.texts.keys()), sentences ?? none));
  heldOut.push(
    ...holdOut(whole, tuningOutside, Uint32Array.from(tuningOutside.texts.keys()), sentences ?? none, -1),
  );
  const temperature = fitTemperatureOn(heldOut, intents.length);
  const rows = [...heldOut, ...pseudo].map((row) => rejectorRow(row, intents.length, temperature));
  const basis = rows.every(({ kind }) => kind !== 'out of scope')
    ? 'none'
    : classHoldOuts.length > 0
      ? 'held-out intents'
      : 'examples';
  onProgress?.(1, 'done');
  const rejectorFor = (some: readonly RejectorRow[]) => fitRejector(some, basis, settings.rejector);
  const model: IntentModel = {
    intents,
    vectorizer,
    weights: quantizeWeights(whole.weights),
    temperature,
    rejector: rejectorFor(rows),
    neighbours: whole.neighbours,
    utterances: known.texts,
    utteranceIntents: known.labels,
    sentences: whole.sentences && stackSentences(whole.sentences, [...heldOut, ...pseudo], rejectorFor),
  };
  const judged = heldOut.filter(({ label: expected }) => expected >= 0);
  const predictions = judged.map(({ label: expected, text, logits }) => ({
    text,
    expected: intents[expected] ?? '',
    predicted: intents[highestPlace(logits.subarray(0, intents.length))] ?? '',
  }));
  return { model, heldOut: predictions.length === 0 ? undefined : scoreIntents(predictions) };
}

/** Weighs the two classifiers, and fits what rejects their common reading. */
function stackSentences(
  whole: SentencePart,
  heldOut: readonly HeldOut[],
  rejectorFor: (rows: readonly RejectorRow[]) => Rejector,
): SentenceModel {
  const inside = (logits: Float32Array) => logits.subarray(0, whole.vectors.rowsOf.length);
  const stackRows = heldOut.flatMap(({ label, logits, sentence }): StackRow[] =>
    sentence && label >= 0 ? [{ label, ngrams: inside(logits), sentences: inside(sentence.logits) }] : [],
  );
  const stack = fitStackWeights(stackRows);
  const rows = heldOut.flatMap((row) => (row.sentence ? [stackedRow(row, row.sentence, stack)] : []));
  return { ...whole, stack, rejector: rejectorFor(rows), shortcut: neverSure };
}

function stackedRow(
  { label, logits, evidence }: HeldOut,
  { logits: sentenceLogits, part, vector }: HeldOutSentence,
  stack: StackWeights,
): RejectorRow {
  const stacked = new Float32Array(logits.length);
  stackLogits(stack, logits, sentenceLogits, stacked);
  const foreign = settle(stacked, part.intents);
  const probabilities = stacked.subarray(0, part.intents);
  const best = highestPlace(probabilities);
  const buffer = createNeighbourBuffer(part.neighbours, neighbourCount);
  findNearVectors(part.sentences.vectors, vector, probabilities, buffer);
  const kind = label < 0 ? 'out of scope' : best === label ? 'right' : 'wrong';
  const near = neighbourEvidence(buffer, part.intentOf, best);
  return { evidence: { ...evidence, ...near, ...probabilityEvidence(probabilities), foreign }, kind };
}

function fitTemperatureOn(heldOut: readonly HeldOut[], classes: number): number {
  const inside = heldOut.filter(({ label }) => label >= 0);
  const logits = new Float32Array(inside.length * classes);
  for (const [row, held] of inside.entries()) logits.set(held.logits.subarray(0, classes), row * classes);
  return fitTemperature({ classes, logits, labels: inside.map(({ label }) => label) });
}

function rejectorRow(
  { label, logits, evidence }: HeldOut,
  intents: number,
  temperature: number,
): RejectorRow {
  const settled = logits.map((logit) => logit / temperature);
  const foreign = settle(settled, intents);
  const probabilities = settled.subarray(0, intents);
  const kind = label < 0 ? 'out of scope' : highestPlace(probabilities) === label ? 'right' : 'wrong';
  return { evidence: { ...probabilityEvidence(probabilities), ...evidence, foreign }, kind };
}

function sample(rows: Uint32Array, most: number, seed: number): Uint32Array {
  if (rows.length <= most) return rows;
  return shuffledIndices(rows.length, createRandom(seed))
    .slice(0, most)
    .map((place) => rows[place] ?? 0)
    .sort();
}
