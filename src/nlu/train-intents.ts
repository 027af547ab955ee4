import { fitTemperature } from './calibrate.ts';
import type { IntentScores } from './evaluation/evaluation-report.ts';
import { scoreIntents } from './evaluation/intent-scores.ts';
import { defaultFeatureSettings } from './featurize.ts';
import { readRow, type HeldOut, type ReadRow } from './held-out.ts';
import type { IntentModel } from './intent-classifier.ts';
import { learnParts, type LearnProgress, type LearnSettings } from './learn-parts.ts';
import { quantizeWeights } from './quantize-weights.ts';
import { createRandom, shuffledIndices } from './random.ts';
import { defaultRejectorSettings, fitRejector, type Rejector, type RejectorSettings } from './rejector.ts';
import { stackSentences } from './stack-sentences.ts';
import type { TrainingExample } from './training-example.ts';
import { buildTrainingTable, exampleCount, type SentenceVectors } from './training-table.ts';
import type { VectorSettings } from './vectorize.ts';

export interface IntentSettings extends LearnSettings {
  readonly vector: VectorSettings;
  readonly rejector: RejectorSettings;
}

/** What folds found best; docs/decisions/0021-intent-classifier.md has the measurements. */
export const defaultIntentSettings: IntentSettings = {
  vector: {
    ...defaultFeatureSettings,
    ...{ minDocuments: 1, maxFeatures: 400_000, maxWeights: 60_000_000 },
    ...{ idfPower: 0.3, classPower: 0.6, wordShare: 0.5 },
  },
  softmax: { epochs: 15, learningRate: 3 },
  rejector: defaultRejectorSettings,
  folds: 5,
  maxHeldOut: 20_000,
  seed: 1,
};

export interface TrainedIntents {
  readonly model: IntentModel;
  /** What classifiers that never saw them make of the examples, all of them together; absent when nothing could be held out. */
  readonly heldOut: IntentScores | undefined;
}

/**
 * Trains the intent classifier: the weights on everything, what combines, calibrates and rejects on what models that
 * never saw a row make of it.
 *
 * @param valid - Examples that tune and never train; may be empty.
 * @throws `signal.reason` when aborted.
 */
export async function trainIntents(
  examples: readonly TrainingExample[],
  valid: readonly TrainingExample[],
  settings: IntentSettings,
  progress: LearnProgress = {},
  encoded?: SentenceVectors,
): Promise<TrainedIntents> {
  progress.onProgress?.(0, 'features');
  const { table, intents, vectorizer } = buildTrainingTable(examples, valid, settings.vector, encoded);
  const { ngrams, sentences, heldOut } = await learnParts(table, settings, progress);

  progress.onProgress?.(1, 'calibration');
  const temperature = temperatureOf(heldOut, table.intents, settings.seed);
  const rows = heldOut.map((row) =>
    readRow(
      row,
      row.logits.map((logit) => logit / temperature),
      table.intents,
      'ngrams',
    ),
  );
  const basis = basisOf(heldOut);
  const rejectorFor = (some: readonly ReadRow[]): Rejector => fitRejector(some, basis, settings.rejector);
  const rejector = rejectorFor(rows);
  const stacked =
    sentences &&
    table.sentences &&
    stackSentences(table, table.sentences, sentences, heldOut, { rejector, rows }, rejectorFor);
  const examplesCount = exampleCount(table);
  return {
    model: {
      ...{ intents, vectorizer, temperature, rejector },
      weights: quantizeWeights(ngrams.weights),
      neighbours: ngrams.neighbours,
      utterances: table.texts.slice(0, examplesCount),
      utteranceIntents: table.labels.slice(0, examplesCount),
      sentences: stacked?.model,
    },
    heldOut: scoresOf(stacked?.rows ?? rows, intents),
  };
}

/** Where names are all there is, nothing can be held out; what suits five data sets at once. */
const NAMES_TEMPERATURE = 1 / 3;

/** More held-out texts than this move one number no further. */
const ENOUGH_TO_CALIBRATE = 4000;

function temperatureOf(heldOut: readonly HeldOut[], intents: number, seed: number): number {
  const inside = heldOut.filter(({ label }) => label >= 0);
  if (inside.length === 0) return NAMES_TEMPERATURE;
  const some = Array.from(
    shuffledIndices(inside.length, createRandom(seed)).subarray(0, ENOUGH_TO_CALIBRATE),
  );
  const rows = some.flatMap((place) => inside[place] ?? []);
  const logits = new Float32Array(rows.length * intents);
  for (const [row, held] of rows.entries()) logits.set(held.logits.subarray(0, intents), row * intents);
  return fitTemperature({ classes: intents, logits, labels: rows.map(({ label }) => label) });
}

function basisOf(heldOut: readonly HeldOut[]): Rejector['basis'] {
  if (heldOut.every(({ label }) => label >= 0)) return 'none';
  return heldOut.some(({ foreign }) => foreign) ? 'held-out intents' : 'examples';
}

function scoresOf(rows: readonly ReadRow[], intents: readonly string[]): IntentScores | undefined {
  const inside = rows.filter(({ label }) => label >= 0);
  if (inside.length === 0) return undefined;
  return scoreIntents(
    inside.map(({ text, label, best }) => ({
      text,
      expected: intents[label] ?? '',
      predicted: intents[best] ?? '',
    })),
  );
}
