import { join } from 'node:path';
import { stratifiedFolds } from '../folds.ts';
import type { TrainingData, TrainingExample } from '../training-example.ts';
import { countOf, reportOf, runSplit, type EvaluationOptions, type EvaluationRun } from './evaluate-split.ts';
import type { EvaluationReport } from './evaluation-report.ts';

/** Cross-validates a bot's own data: every line is understood by a model that never saw it. */
export async function evaluateFolds(
  data: TrainingData,
  files: readonly string[],
  folds: number,
  options: EvaluationOptions,
): Promise<EvaluationReport> {
  const { examples } = data;
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  const labels = examples.map(({ intent }) => intents.indexOf(intent));
  const pick = (rows: Uint32Array): TrainingExample[] =>
    Array.from(rows, (row) => examples[row]).filter((example) => example !== undefined);

  const runs: EvaluationRun[] = [];
  const texts = examples.map(({ text }) => text);
  for (const [index, { train, held }] of stratifiedFolds(texts, labels, folds, options.seed).entries()) {
    const onProgress = options.onProgress;
    runs.push(
      await runSplit({ ...data, examples: pick(train) }, [], pick(held), {
        ...options,
        scratch: join(options.scratch, `fold-${index}`),
        onProgress: ({ share, step }) =>
          onProgress?.({ share: (index + share) / folds, step: `fold ${index + 1} of ${folds}, ${step}` }),
      }),
    );
  }
  const count = countOf({ files, examples });
  return reportOf(runs, options, { train: count, valid: null, test: count });
}
