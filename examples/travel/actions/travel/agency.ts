import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { seedAgency } from './seed-agency.ts';

/** What every action of the agency shares: its database. */
export interface Agency extends AsyncDisposable {
  readonly database: Database.Database;
}

/** Opens `<folder>/travel.sqlite`; makes and fills it when it is not there, or empty. */
export function openAgency(folder: string): Agency {
  mkdirSync(folder, { recursive: true });
  const database = new Database(join(folder, 'travel.sqlite'));
  try {
    // A booking is only reported done when it would survive a power cut.
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('busy_timeout = 5000');
    database.pragma('foreign_keys = ON');
    prepareTables(database);
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    database,
    [Symbol.asyncDispose]: () => {
      database.close();
      return Promise.resolve();
    },
  };
}

/** In one transaction, so that two processes that start at once make one agency. */
function prepareTables(database: Database.Database): void {
  database
    .transaction(() => {
      const version = database.pragma('user_version', { simple: true });
      if (version === SCHEMA_VERSION) return;
      if (version !== 0) {
        throw new Error(
          `travel.sqlite has tables of version ${String(version)}, this agency needs ${SCHEMA_VERSION}: run "usher reset".`,
        );
      }
      database.exec(SCHEMA);
      seedAgency(database);
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
}
