import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isBusy } from './sqlite-fault.ts';

/**
 * Tells the processes that share a store apart, and the living from the dead.
 *
 * Each holds an exclusive lock on a file of its own beside the store, which the operating system releases when the
 * process ends, however it ends: no lease to renew, no clock to trust, and right wherever SQLite's own locks are.
 */
export interface Presence extends Disposable {
  /** This process, among those that use the store; taking it acquires the lock. */
  readonly id: string;
  isAlive(id: string): boolean;
}

/** @param folder - Where the lock files lie; `undefined` for a store that no other process can see. */
export function createPresence(folder: string | undefined): Presence {
  const id = randomUUID();
  let lock: Database.Database | undefined;

  return {
    get id() {
      if (folder !== undefined) lock ??= acquire(folder, id);
      return id;
    },
    isAlive: (other) => other === id || (folder !== undefined && isLocked(join(folder, other))),
    [Symbol.dispose]() {
      if (!lock) return;
      lock.close();
      rmSync(lock.name, { force: true });
    },
  };
}

function acquire(folder: string, id: string): Database.Database {
  mkdirSync(folder, { recursive: true });
  for (const other of readdirSync(folder)) removeIfDead(join(folder, other));
  const file = join(folder, id);
  for (;;) {
    const lock = tryLock(file);
    // Another process may have taken the file, not yet locked, for a dead one's.
    if (lock && existsSync(file)) return lock;
    lock?.close();
  }
}

function removeIfDead(file: string): void {
  const lock = tryLock(file);
  if (!lock) return;
  rmSync(file, { force: true });
  lock.close();
}

function tryLock(file: string): Database.Database | undefined {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

function isLocked(file: string): boolean {
  if (!existsSync(file)) return false;
  const probe = new Database(file, { timeout: 0, readonly: true });
  try {
    probe.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    if (isBusy(error)) return true;
    throw error;
  } finally {
    probe.close();
  }
}
