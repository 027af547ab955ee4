// A thread that does jobs over the table that it was started with: see fit-pool.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { runFitJob, type FitJob } from './fit-job.ts';
import type { TrainingTable } from './training-table.ts';

parentPort?.on('message', (job: FitJob) => {
  parentPort?.postMessage(runFitJob(workerData as TrainingTable, job));
});
