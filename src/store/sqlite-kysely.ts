import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';

/** The typed query builder over an open connection; it shares the connection and must not be destroyed. */
export function openKysely<Tables>(database: Database): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}
