import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';
import { seedShop } from './seed-shop.ts';

/** What every action of the shop shares: its database. */
export interface Shop extends AsyncDisposable {
  readonly database: Database.Database;
}

/**
 * Opens `<folder>/shop.sqlite`; makes and fills it when it is not there, or empty.
 *
 * @param now - Epoch milliseconds: the sample orders' dates count from this moment when they are made.
 */
export function openShop(folder: string, now: number): Shop {
  mkdirSync(folder, { recursive: true });
  const database = new Database(join(folder, 'shop.sqlite'));
  try {
    // An effect is only reported done when it would survive a power cut.
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('busy_timeout = 5000');
    database.pragma('foreign_keys = ON');
    prepareTables(database, now);
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

/** In one transaction, so that two processes that start at once make one shop. */
function prepareTables(database: Database.Database, now: number): void {
  database
    .transaction(() => {
      const version = database.pragma('user_version', { simple: true });
      if (version === SCHEMA_VERSION) return;
      if (version !== 0) {
        throw new Error(
          `shop.sqlite has tables of version ${String(version)}, this shop needs ${SCHEMA_VERSION}: run "usher reset".`,
        );
      }
      database.exec(SCHEMA);
      seedShop(database, now);
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    })
    .immediate();
}
