import type { DenseWeights } from './encoder/dense-classifier.ts';
import type { FitJob } from './fit-job.ts';
import type { NgramModel } from './fit-ngrams.ts';
import { runFitJobs } from './fit-pool.ts';
import { readHeldOut, type HeldOut } from './held-out.ts';
import { planParts, type PartSettings } from './plan-parts.ts';
import type { SoftmaxSettings } from './softmax-regression.ts';
import type { TrainingTable } from './training-table.ts';

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

/** Learns everything, and every part that calibration needs, on all cores. */
export async function learnParts(
  table: TrainingTable,
  settings: LearnSettings,
  { onProgress, onFitted, signal }: LearnProgress,
): Promise<Learned> {
  const parts = planParts(table, settings);
  const softmax = { ...settings.softmax, seed: settings.seed };
  const job = (of: FitJob['of'], place: number): FitJob[] => {
    const part = parts[place];
    return part ? [{ of, train: part.train, held: part.held, keep: place === 0, softmax }] : [];
  };
  const ngramParts = [...parts.keys()];
  const sentenceParts = table.sentences ? ngramParts.filter((place) => parts[place]?.sentences === true) : [];
  // The longest go first, after the one fit that is timed, so that no core is left waiting at the end.
  const [first = [], ...others] = ngramParts.map((place) => job('ngrams', place));
  const jobs = [...first, ...sentenceParts.flatMap((place) => job('sentences', place)), ...others.flat()];

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
  const ngrams = ngramResults[0]?.model;
  if (!ngrams) throw new Error('the first job kept no model');
  return {
    ngrams,
    sentences: sentenceResults[0]?.weights,
    heldOut: parts.flatMap((part, place) => {
      const result = ngramResults[place];
      const logits = sentenceResults[sentenceParts.indexOf(place)]?.logits;
      return result ? readHeldOut(table, part, result.reading, logits) : [];
    }),
  };
}
