import Database from 'better-sqlite3';

/** The version of the SQLite that is built in. @throws what the driver throws where it does not load. */
export function sqliteVersion(): string {
  const database = new Database(':memory:');
  try {
    return String(database.prepare('select sqlite_version()').pluck().get());
  } finally {
    database.close();
  }
}
