import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CallOptions } from '../call-options.ts';

export interface ThreadOptions<Job> extends CallOptions {
  /** Called when a job is done; jobs may end in any order. */
  readonly onDone?: ((job: Job) => void) | undefined;
}

/** Each thread holds all that its jobs need: more threads than this are not worth their memory. */
const MOST_THREADS = 8;

/**
 * How many threads are worth starting for jobs of a worker's file; 1 means this thread. Workers are compiled beside their
 * sources: where sources run as they are (tests, scripts) there are none.
 */
export function threadsFor(workerFile: string, jobs: number): number {
  return existsSync(workerFile) ? Math.max(1, Math.min(availableParallelism(), jobs, MOST_THREADS)) : 1;
}

/**
 * Does jobs in threads that each run a worker's file, which answers every message that it gets with one of its own.
 *
 * @param workerData - What each thread is started with.
 * @returns Results in the order of the jobs, whatever thread did which.
 * @throws `signal.reason` when aborted, and what a thread throws; all threads have then ended.
 */
export async function runInThreads<Job, Result>(
  workerFile: string,
  workerData: unknown,
  jobs: readonly Job[],
  { onDone, signal }: ThreadOptions<Job> = {},
): Promise<readonly Result[]> {
  const results = new Map<number, Result>();
  const waiting = [...jobs.entries()].reverse();
  const workers: Worker[] = [];
  const work = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let current: [number, Job] | undefined;
      const next = (): void => {
        current = waiting.pop();
        if (current) worker.postMessage(current[1]);
        else resolve();
      };
      worker.on('error', reject);
      worker.on('message', (result: Result) => {
        if (!current) return;
        results.set(current[0], result);
        onDone?.(current[1]);
        next();
      });
      next();
    });
  signal?.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
  try {
    const threads = threadsFor(workerFile, jobs.length);
    for (let thread = 0; thread < threads; thread += 1) workers.push(new Worker(workerFile, { workerData }));
    await Promise.race([Promise.all(workers.map(work)), aborted]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
