import type { Database } from 'better-sqlite3';
import type { Json } from '../json.ts';

/** Keeps the programs that conversations were begun on; written at every start, and so without the query builder. */
export function createSqlitePrograms(db: Database) {
  const find = db.prepare<[string]>('SELECT 1 FROM flow_versions WHERE version = ?');
  const insert = db.prepare<[string, string, number]>(
    'INSERT INTO flow_versions (version, program, saved_at) VALUES (?, ?, ?) ON CONFLICT (version) DO NOTHING',
  );
  return {
    save(version: string, program: Json, at: number): void {
      if (find.get(version) === undefined) insert.run(version, JSON.stringify(program), at);
    },
  };
}
