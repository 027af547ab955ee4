import type { DenseWeights } from './encoder/dense-classifier.ts';
import { MANY_EXAMPLES } from './encoder/dense-settings.ts';
import type { FitJob } from './fit-job.ts';
import type { NgramModel } from './fit-ngrams.ts';
import { runFitJobs } from './fit-pool.ts';
import { sideBySide } from './fit-sentences.ts';
import { readHeldOut, type HeldOut } from './held-out.ts';
import { planParts, type PartSettings, type PlannedPart } from './plan-parts.ts';
import type { SoftmaxSettings } from './softmax-regression.ts';
import { exampleCount, type TrainingTable } from './training-table.ts';

export interface LearnSettings extends PartSettings {
  readonly softmax: Omit<SoftmaxSettings, 'seed'>;
}

export interface LearnProgress {
  /** Called with the share done, 0 to 1, and what comes next. */
  readonly onProgress?: ((share: number, step: string) => void) | undefined;
  /** Called when the n-grams of all examples are learned: one fit. */
  readonly onFitted?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Classifiers of all examples, and what classifiers of some make of others. */
export interface Learned {
  readonly ngrams: NgramModel;
  readonly sentences: DenseWeights | undefined;
  readonly heldOut: readonly HeldOut[];
}

/** The longest go first, after the one fit that is timed, so that no core is left waiting at the end. */
function jobsFor(
  parts: readonly PlannedPart[],
  sentenceParts: readonly PlannedPart[],
  fits: number,
  softmax: SoftmaxSettings,
): FitJob[] {
  const job = (of: FitJob['of'], part: PlannedPart, fit = 0): FitJob => ({
    ...{ of, train: part.train, held: part.held, keep: part === parts[0] },
    softmax: { ...softmax, seed: softmax.seed + fit },
  });
  const [first, ...others] = parts.map((part) => job('ngrams', part));
  const sentences = sentenceParts.flatMap((part) =>
    Array.from({ length: part === parts[0] ? fits : 1 }, (_, fit) => job('sentences', part, fit)),
  );
  return [...(first ? [first] : []), ...sentences, ...others];
}

/**
 * How many sentence classifiers are averaged in what is kept: with many examples a third one adds nothing. One is enough
 * to learn from how they err.
 */
function keptFits(examples: number): number {
  return examples > MANY_EXAMPLES ? 2 : 3;
}

function meanOf(rows: readonly Float32Array[]): Float32Array | undefined {
  return rows[0]?.map((_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length);
}

/** Learns everything, and every part that calibration needs, on all cores. */
export async function learnParts(
  table: TrainingTable,
  settings: LearnSettings,
  { onProgress, onFitted, signal }: LearnProgress,
): Promise<Learned> {
  const parts = planParts(table, settings);
  const fits = keptFits(exampleCount(table));
  const sentenceParts = table.sentences ? parts.filter(({ sentences }) => sentences) : [];
  const jobs = jobsFor(parts, sentenceParts, fits, { ...settings.softmax, seed: settings.seed });

  let done = 0;
  const step = (): string => `classifier ${Math.min(jobs.length, done + 1)} of ${jobs.length}`;
  onProgress?.(0, step());
  const results = await runFitJobs(table, jobs, {
    signal,
    onDone: ({ of, keep }) => {
      if (of === 'ngrams' && keep) onFitted?.();
      done += 1;
      onProgress?.(done / jobs.length, step());
    },
  });
  const ngramResults = results.filter((result) => result.of === 'ngrams');
  const sentenceResults = results.filter((result) => result.of === 'sentences');
  const kept = sentenceResults.flatMap(({ weights }) => (weights ? [{ weights, share: 1 / fits }] : []));
  const sentenceLogits = [
    meanOf(sentenceResults.slice(0, fits).map(({ logits }) => logits)),
    ...sentenceResults.slice(fits).map(({ logits }) => logits),
  ];
  const ngrams = ngramResults[0]?.model;
  if (!ngrams) throw new Error('the first job kept no model');
  return {
    ngrams,
    sentences: kept.length === 0 ? undefined : sideBySide(kept),
    heldOut: parts.flatMap((part, place) => {
      const result = ngramResults[place];
      const logits = sentenceLogits[sentenceParts.indexOf(part)];
      return result ? readHeldOut(table, part, result.reading, logits) : [];
    }),
  };
}
