import type { Locale } from '../../message.ts';
import type { Encoder } from '../encoder/encoder.ts';
import { loadRecognizer } from '../load-recognizer.ts';
import { writeModel } from '../model-folder.ts';
import { outOfScopeIntent } from '../training-table.ts';
import { trainModel, type TrainProgress } from '../train-model.ts';
import type { TrainingData, TrainingExample } from '../training-example.ts';
import type { DataCount, EvaluationReport, SpeedScores } from './evaluation-report.ts';
import { predictAll, type Prediction } from './predict.ts';
import { scorePredictions } from './score-predictions.ts';

/** Lines and the files they were read from. */
export interface DataPart {
  readonly files: readonly string[];
  readonly examples: readonly TrainingExample[];
}

export interface EvaluationOptions {
  /** What to call the data in the report. */
  readonly data: string;
  readonly seed: number;
  readonly wrongCost: number;
  /** Whether the recogniser is told which question was asked, where a line records it. */
  readonly context: boolean;
  /** Whether the intents that ship with the engine are trained too. */
  readonly builtin: boolean;
  readonly locales: readonly Locale[];
  /** Learned beside the n-grams; absent = n-grams alone. */
  readonly encoder?: Encoder | undefined;
  /** Whether n-grams that are sure decide without the encoder, as in a running bot; the default is true. */
  readonly shortcut?: boolean | undefined;
  /** A clock with fractions of milliseconds. */
  readonly clock: () => number;
  /** An empty folder that the model is written to and loaded from. */
  readonly scratch: string;
  /** Where sentence vectors are kept from one evaluation to the next; absent, they last as long as the scratch folder. */
  readonly cacheFolder?: string | undefined;
  readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A model trained on one part of the data, and what it made of another. */
export interface EvaluationRun {
  readonly predictions: readonly Prediction[];
  /** The same lines without their questions; absent when no line has one or `context` is off. */
  readonly withoutContext: readonly Prediction[] | undefined;
  readonly threshold: number;
  readonly bytes: number;
  readonly speed: SpeedScores;
}

/** Trains on `train`, tunes on `valid`, and scores `test`: three parts that share no line. */
export async function evaluateSplit(
  parts: { readonly train: DataPart; readonly valid: DataPart | undefined; readonly test: DataPart },
  data: TrainingData,
  options: EvaluationOptions,
): Promise<EvaluationReport> {
  const run = await runSplit(data, parts.valid?.examples ?? [], parts.test.examples, options);
  return reportOf([run], options, {
    train: countOf(parts.train),
    valid: parts.valid ? countOf(parts.valid) : null,
    test: countOf(parts.test),
  });
}

export async function runSplit(
  data: TrainingData,
  valid: readonly TrainingExample[],
  test: readonly TrainingExample[],
  options: EvaluationOptions,
): Promise<EvaluationRun> {
  const { clock, signal, seed, wrongCost, builtin, locales, encoder, shortcut } = options;
  const startedAt = clock();
  let fitFrom = startedAt;
  let fitTo = startedAt;
  const model = await trainModel(data, {
    ...{ locales, seed, wrongCost, builtin, valid, encoder, signal },
    cacheFolder: options.cacheFolder ?? options.scratch,
    onProgress: (progress) => {
      if (progress.step === 'intents: features') fitFrom = clock();
      options.onProgress?.(progress);
    },
    onFitted: () => {
      fitTo = clock();
    },
  });
  const trainMs = clock() - startedAt;
  const folder = await writeModel(options.scratch, model);
  const loadedAt = clock();
  const recognizer = await loadRecognizer(folder, { encoder, shortcut });
  const loadMs = clock() - loadedAt;

  const predictions = await predictAll(recognizer, test, { context: options.context, clock, signal });
  const hasQuestions = options.context && test.some(({ requested }) => (requested ?? []).length > 0);
  const withoutContext = hasQuestions
    ? await predictAll(recognizer, test, { context: false, clock, signal })
    : undefined;
  const times = predictions.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    predictions,
    withoutContext,
    threshold: model.manifest.metrics.threshold,
    bytes: Object.values(model.files).reduce((sum, { length }) => sum + length, 0),
    speed: {
      fitSeconds: (fitTo - fitFrom) / 1000,
      trainSeconds: trainMs / 1000,
      loadMs,
      p50Ms: quantile(times, 0.5),
      p99Ms: quantile(times, 0.99),
      shortcutRate: encoder ? shortcutRate(predictions) : null,
    },
  };
}

/** One report over the runs of all folds, or of the one split there is. */
export function reportOf(
  runs: readonly EvaluationRun[],
  { data, locales, seed, wrongCost, encoder }: EvaluationOptions,
  counts: Pick<EvaluationReport, 'train' | 'valid' | 'test'>,
): EvaluationReport {
  const mean = (pick: (run: EvaluationRun) => number): number =>
    runs.reduce((sum, run) => sum + pick(run), 0) / runs.length;
  const withoutContext = runs.flatMap((run) => run.withoutContext ?? []);
  return {
    data,
    locale: locales.join(','),
    ...counts,
    seed,
    ...scorePredictions(
      runs.flatMap(({ predictions }) => predictions),
      {
        seed,
        wrongCost,
        threshold: mean(({ threshold }) => threshold),
        withoutContext: withoutContext.length === 0 ? undefined : withoutContext,
      },
    ),
    speed: {
      fitSeconds: mean(({ speed }) => speed.fitSeconds),
      trainSeconds: mean(({ speed }) => speed.trainSeconds),
      loadMs: mean(({ speed }) => speed.loadMs),
      p50Ms: mean(({ speed }) => speed.p50Ms),
      p99Ms: mean(({ speed }) => speed.p99Ms),
      shortcutRate: encoder ? mean(({ speed }) => speed.shortcutRate ?? 0) : null,
    },
    model: {
      bytes: Math.round(mean(({ bytes }) => bytes)),
      featurisers: ['words', 'characters', ...(encoder ? [`encoder ${encoder.id.slice(0, 12)}`] : [])],
    },
  };
}

export function countOf({ files, examples }: DataPart): DataCount {
  const outOfScope = examples.filter(({ intent }) => intent === outOfScopeIntent).length;
  return { files, lines: examples.length, outOfScope };
}

/** The share of lines that never asked the encoder. */
function shortcutRate(predictions: readonly Prediction[]): number {
  const taken = predictions.filter(({ understanding }) =>
    understanding.segments.every(({ shortcut }) => shortcut === true),
  );
  return taken.length / Math.max(1, predictions.length);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
