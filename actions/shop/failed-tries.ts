import type { Shop } from './shop.ts';

const HOUR_MS = 3_600_000;

/** What is guessed at; each is counted by itself. */
export type GuessKind = 'sign_in' | 'order' | 'coupon';

/**
 * Whether one of the subjects (a conversation, an order number, an address) failed too often within the hour.
 *
 * @param now - Epoch milliseconds.
 */
export function hasTooManyFailures(
  { database }: Shop,
  kind: GuessKind,
  subjects: readonly string[],
  { now, limit }: { readonly now: number; readonly limit: number },
): boolean {
  const count = database
    .prepare<unknown[], number>('SELECT count(*) FROM failed_tries WHERE kind = ? AND subject = ? AND at > ?')
    .pluck();
  return subjects.some((subject) => (count.get(kind, subject, now - HOUR_MS) ?? 0) >= limit);
}

/** Notes one failure for each subject, and forgets those of long ago. */
export function recordFailure(
  { database }: Shop,
  kind: GuessKind,
  subjects: readonly string[],
  now: number,
): void {
  database.transaction(() => {
    database.prepare('DELETE FROM failed_tries WHERE at < ?').run(now - 24 * HOUR_MS);
    for (const subject of subjects) {
      database
        .prepare('INSERT INTO failed_tries (kind, subject, at) VALUES (?, ?, ?)')
        .run(kind, subject, now);
    }
  })();
}
