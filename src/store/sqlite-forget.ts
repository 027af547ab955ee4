import type { Database } from 'better-sqlite3';
import { beingAnswered } from './being-answered.ts';
import { conversationTables } from './schema.ts';

/** Deletions, prepared once: synchronous, each method one job of a transaction. */
export interface SqliteForget {
  forget(conversation: string): boolean;
  forgetIdleSince(at: number): number;
}

/** @param isTaken - Whether a claim is another living process's. */
export function createSqliteForget(db: Database, isTaken: (claimedBy: string) => boolean): SqliteForget {
  const claim = db
    .prepare<[string], string | null>('SELECT claimed_by FROM conversations WHERE id = ?')
    .pluck();
  const rows = conversationTables.map((table) =>
    db.prepare<[string]>(`DELETE FROM ${table} WHERE conversation = ?`),
  );
  const itself = db.prepare<[string]>('DELETE FROM conversations WHERE id = ?');
  const count = db.prepare<[]>('UPDATE forgotten SET count = count + 1');
  const idle = db
    .prepare<[number], string>('SELECT id FROM conversations WHERE updated_at < ? AND claimed_by IS NULL')
    .pluck();

  const forget = (conversation: string): boolean => {
    const deleted = rows.map((statement) => statement.run(conversation).changes);
    const all = itself.run(conversation).changes + deleted.reduce((sum, changes) => sum + changes, 0);
    if (all > 0) count.run();
    return all > 0;
  };
  const forgetUnlessTaken = (conversation: string): boolean => {
    const claimedBy = claim.get(conversation);
    if (claimedBy && isTaken(claimedBy)) throw beingAnswered(conversation);
    return forget(conversation);
  };
  return { forget: forgetUnlessTaken, forgetIdleSince: (at) => idle.all(at).filter(forget).length };
}
