import type { Database } from 'better-sqlite3';
import { EngineError } from '../errors.ts';

/**
 * Brings the tables up to what this version of the engine knows, in one transaction.
 *
 * A store that is up to date is recognised by its `user_version` alone, without loading the query builder.
 *
 * @throws EngineError `STORE_FAILED` when a newer engine has written the store.
 */
export async function migrate(db: Database, file: string): Promise<void> {
  if (versionOf(db) === newestVersion) return;
  const [{ openKysely }, { firstTables }, { forgottenCount }] = await Promise.all([
    import('./sqlite-kysely.ts'),
    import('./migrations/0001-first-tables.ts'),
    import('./migrations/0002-forgotten.ts'),
  ]);
  const migrations = [firstTables, forgottenCount];
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(db);
    if (version > newestVersion) throw madeByNewer(file);
    for (const up of migrations.slice(version)) await up(openKysely(db));
    db.pragma(`user_version = ${newestVersion}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** How many migrations there are. */
const newestVersion = 2;

function versionOf(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

function madeByNewer(file: string): EngineError {
  return new EngineError('STORE_FAILED', `The store ${file} was written by a newer version of Usher.`, {
    fix: 'Update Usher, or move the store away to begin with an empty one.',
  });
}
