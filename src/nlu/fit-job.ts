import type { DenseWeights } from './encoder/dense-classifier.ts';
import { fitNgrams, readNgrams, type FitRows, type NgramModel, type NgramReading } from './fit-ngrams.ts';
import { fitSentences, readSentences } from './fit-sentences.ts';
import type { SoftmaxSettings } from './softmax-regression.ts';
import type { TrainingTable } from './training-table.ts';

/** One classifier to learn from some rows of the table and to read others with: a unit of work for a thread. */
export interface FitJob extends FitRows {
  readonly of: 'ngrams' | 'sentences';
  /** Whether what was learned is wanted too, not its reading alone. */
  readonly keep: boolean;
  /** Also the seed. */
  readonly softmax: SoftmaxSettings;
}

export type FitResult =
  | { readonly of: 'ngrams'; readonly reading: NgramReading; readonly model?: NgramModel | undefined }
  | { readonly of: 'sentences'; readonly logits: Float32Array; readonly weights?: DenseWeights | undefined };

/**
 * Does one job. Everything random in it comes from its settings' seed, so that it does not matter which thread does it.
 *
 * @throws Error when sentences are asked for and the table has no vectors.
 */
export function runFitJob(table: TrainingTable, job: FitJob): FitResult {
  if (job.of === 'ngrams') {
    const model = fitNgrams(table, job.train, job.softmax);
    return { of: 'ngrams', reading: readNgrams(table, job, model), model: job.keep ? model : undefined };
  }
  if (!table.sentences) throw new Error('the table has no sentence vectors');
  const weights = fitSentences(table, table.sentences, job.train, job.softmax.seed);
  const logits = readSentences(table.sentences, job, weights);
  return { of: 'sentences', logits, weights: job.keep ? weights : undefined };
}
