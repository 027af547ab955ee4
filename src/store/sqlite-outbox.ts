import type { Database } from 'better-sqlite3';
import type { Message } from '../message.ts';
import type { Delivery, Settlement } from './outbox.ts';
import type { Presence } from './presence.ts';
import type { DueQuery } from './sqlite-inbox.ts';

/** The outbox, prepared once: synchronous, each method one job of a transaction. */
export interface SqliteOutbox {
  takeDue(query: DueQuery): readonly Delivery[];
  settle(delivery: Delivery, settlement: Settlement): void;
}

interface OutboxRow extends Omit<Delivery, 'message'> {
  readonly message: string;
  readonly claimed_by: string | null;
}

type Place = [conversation: string, turn: number, position: number];

export function createSqliteOutbox(db: Database, presence: Presence): SqliteOutbox {
  const due = db.prepare<[number, string, string, number], OutboxRow>(
    `SELECT conversation, channel, turn, position, message, attempts, claimed_by FROM outbox AS mine
     WHERE failed_at IS NULL AND due_at <= ? AND (claimed_by IS NULL OR claimed_by <> ?)
       AND channel IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (
         SELECT 1 FROM outbox AS earlier
         WHERE earlier.conversation = mine.conversation AND earlier.failed_at IS NULL
           AND (earlier.turn, earlier.position) < (mine.turn, mine.position))
     ORDER BY due_at LIMIT ?`,
  );
  const claim = db.prepare<[string, ...Place]>(`UPDATE outbox SET claimed_by = ? ${atPlace}`);
  const remove = db.prepare<Place>(`DELETE FROM outbox ${atPlace}`);
  const retry = db.prepare<[number, string, ...Place]>(
    `UPDATE outbox SET claimed_by = NULL, attempts = attempts + 1, due_at = ?, last_error = ? ${atPlace}`,
  );
  const release = db.prepare<Place>(`UPDATE outbox SET claimed_by = NULL ${atPlace}`);
  const bury = db.prepare<[string, ...Place]>(
    `UPDATE outbox SET claimed_by = NULL, attempts = attempts + 1, failed_at = due_at, last_error = ? ${atPlace}`,
  );

  return {
    takeDue({ channels, at, limit }) {
      const free = due
        .all(at, presence.id, JSON.stringify(channels), limit)
        .filter(({ claimed_by }) => claimed_by === null || !presence.isAlive(claimed_by));
      return free.map(({ claimed_by: _, message, ...row }) => {
        claim.run(presence.id, row.conversation, row.turn, row.position);
        return { ...row, message: JSON.parse(message) as Message };
      });
    },
    settle({ conversation, turn, position }, settlement) {
      const place: Place = [conversation, turn, position];
      switch (settlement.kind) {
        case 'delivered':
          remove.run(...place);
          return;
        case 'retry':
          retry.run(settlement.dueAt, settlement.error, ...place);
          return;
        case 'held':
          release.run(...place);
          return;
        case 'dead':
          bury.run(settlement.error, ...place);
          return;
        default:
          settlement satisfies never;
      }
    },
  };
}

const atPlace = 'WHERE conversation = ? AND turn = ? AND position = ?';
