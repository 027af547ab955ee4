import { fileURLToPath } from 'node:url';
import { runFitJob, type FitJob, type FitResult } from './fit-job.ts';
import { runInThreads, threadsFor, type ThreadOptions } from './run-in-threads.ts';
import type { TrainingTable } from './training-table.ts';

const workerFile = fileURLToPath(new URL('./fit-worker.js', import.meta.url));

/**
 * Does jobs on as many threads as the machine has cores; the results are the same bytes whatever thread did which.
 *
 * @throws `signal.reason` when aborted, and what a job throws.
 */
export async function runFitJobs(
  table: TrainingTable,
  jobs: readonly FitJob[],
  options: ThreadOptions<FitJob> = {},
): Promise<readonly FitResult[]> {
  if (threadsFor(workerFile, jobs.length) > 1) {
    return runInThreads<FitJob, FitResult>(workerFile, table, jobs, options);
  }
  const results: FitResult[] = [];
  for (const job of jobs) {
    // Lets a progress bar draw and a signal arrive.
    await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
    results.push(runFitJob(table, job));
    options.onDone?.(job);
  }
  return results;
}
