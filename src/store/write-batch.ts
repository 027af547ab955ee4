import type { Database, Statement } from 'better-sqlite3';

/**
 * How long a write may be in doubt: `durable` survives a power cut once resolved, `relaxed` a crash of the process. A
 * `lazy` one is relaxed, and waits a moment for another write to share its transaction.
 */
export type Durability = 'durable' | 'relaxed' | 'lazy';

/** How long a lazy write waits for company. */
const lazyDelayMs = 5;

/** Runs synchronous jobs in shared transactions: one for all that were queued in the same tick of the event loop. */
export interface WriteBatch extends Disposable {
  /**
   * Resolves with the job's result once the transaction that holds it is committed.
   *
   * A job that throws is undone alone; when the commit itself fails, all jobs of the transaction reject.
   */
  enqueue<T>(durability: Durability, job: () => T): Promise<T>;
  /** Commits now what is queued. */
  flush(): void;
}

interface Job {
  readonly durability: Durability;
  readonly run: () => void;
  readonly settle: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Creates the queue of one connection.
 *
 * @param options.synchronous - What a durable commit waits for: `full` the disk, `normal` the operating system.
 */
export function createWriteBatch(
  db: Database,
  options: { readonly synchronous: 'full' | 'normal'; readonly fault: (error: unknown) => unknown },
): WriteBatch {
  const transaction = createTransaction(db);
  let queue: Job[] = [];
  let level: 'full' | 'normal' | undefined;
  let soon: NodeJS.Immediate | undefined;
  let later: NodeJS.Timeout | undefined;

  const setLevel = (wanted: 'full' | 'normal'): void => {
    if (wanted === level) return;
    db.pragma(`synchronous = ${wanted}`);
    level = wanted;
  };

  const flush = (): void => {
    const jobs = queue;
    queue = [];
    clearImmediate(soon);
    clearTimeout(later);
    [soon, later] = [undefined, undefined];
    if (jobs.length === 0) return;
    try {
      const durable = jobs.some((job) => job.durability === 'durable');
      setLevel(durable ? options.synchronous : 'normal');
      for (const job of transaction(jobs)) job.settle();
    } catch (error) {
      for (const job of jobs) job.fail(options.fault(error));
    }
  };

  return {
    enqueue: (durability, job) =>
      new Promise((resolve, reject) => {
        if (durability === 'lazy') later ??= setTimeout(flush, lazyDelayMs);
        else soon ??= setImmediate(flush);
        queue.push(pending(durability, job, resolve, (error) => reject(options.fault(error) as Error)));
      }),
    flush,
    [Symbol.dispose]: flush,
  };
}

function pending<T>(
  durability: Durability,
  job: () => T,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): Job {
  let result: { readonly value: T } | undefined;
  return {
    durability,
    run: () => (result = { value: job() }),
    settle: () => {
      if (result) resolve(result.value);
    },
    fail: reject,
  };
}

/** Runs jobs in one transaction, each undone alone if it throws; returns those that were committed. */
function createTransaction(db: Database): (jobs: readonly Job[]) => readonly Job[] {
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) =>
    db.prepare(sql),
  ) as [Statement, Statement, Statement];
  const [savepoint, release, undo] = ['SAVEPOINT job', 'RELEASE job', 'ROLLBACK TO job'].map((sql) =>
    db.prepare(sql),
  ) as [Statement, Statement, Statement];

  const runAlone = (job: Job): boolean => {
    savepoint.run();
    try {
      job.run();
      release.run();
      return true;
    } catch (error) {
      // A full disk makes SQLite end the whole transaction: nothing is left to undo, or to commit.
      if (!db.inTransaction) throw error;
      undo.run();
      release.run();
      job.fail(error);
      return false;
    }
  };

  return (jobs) => {
    begin.run();
    try {
      const done = jobs.filter(runAlone);
      commit.run();
      return done;
    } catch (error) {
      if (db.inTransaction) rollback.run();
      throw error;
    }
  };
}
