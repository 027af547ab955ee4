import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { runFitJob, type FitJob, type FitResult } from './fit-job.ts';
import type { TrainingTable } from './training-table.ts';

export interface FitPoolOptions {
  /** Called when a job is done; jobs may end in any order. */
  readonly onDone?: ((job: FitJob) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Each thread holds the table and a classifier in the making: more threads than this are not worth their memory. */
const MOST_THREADS = 8;

/** Compiled beside this file. Sources run as they are (tests, scripts) have none, and do their jobs in this thread. */
const workerFile = fileURLToPath(new URL('./fit-worker.js', import.meta.url));

/**
 * Does jobs on as many threads as the machine has cores; results come in the order of the jobs, and are the same bytes
 * whatever thread did which.
 *
 * @throws `signal.reason` when aborted, and what a job throws.
 */
export async function runFitJobs(
  table: TrainingTable,
  jobs: readonly FitJob[],
  options: FitPoolOptions = {},
): Promise<readonly FitResult[]> {
  const threads = Math.min(availableParallelism(), jobs.length, MOST_THREADS);
  return threads > 1 && existsSync(workerFile)
    ? runInThreads(table, jobs, threads, options)
    : runHere(table, jobs, options);
}

async function runHere(
  table: TrainingTable,
  jobs: readonly FitJob[],
  { onDone, signal }: FitPoolOptions,
): Promise<readonly FitResult[]> {
  const results: FitResult[] = [];
  for (const job of jobs) {
    // Lets a progress bar draw and a signal arrive.
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    results.push(runFitJob(table, job));
    onDone?.(job);
  }
  return results;
}

async function runInThreads(
  table: TrainingTable,
  jobs: readonly FitJob[],
  threads: number,
  { onDone, signal }: FitPoolOptions,
): Promise<readonly FitResult[]> {
  const results = new Map<number, FitResult>();
  const waiting = [...jobs.entries()].reverse();
  const workers: Worker[] = [];
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let current: [number, FitJob] | undefined;
      const next = (): void => {
        current = waiting.pop();
        if (current) worker.postMessage(current[1]);
        else resolve();
      };
      worker.on('error', reject);
      worker.on('message', (result: FitResult) => {
        if (!current) return;
        results.set(current[0], result);
        onDone?.(current[1]);
        next();
      });
      next();
    });
  const aborted = new Promise<never>((_, reject) => {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
  try {
    for (let thread = 0; thread < threads; thread += 1) {
      workers.push(new Worker(workerFile, { workerData: table }));
    }
    await Promise.race([Promise.all(workers.map(work)), aborted]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return jobs.flatMap((_, index) => results.get(index) ?? []);
}
