import type { Database, Statement } from 'better-sqlite3';
import { EngineError } from '../errors.ts';
import type { Json } from '../json.ts';
import type {
  ActionStart,
  ActionStarted,
  CommittedTurn,
  HandoverChange,
  TurnCommit,
} from './conversation-store.ts';
import type { Delivery } from './outbox.ts';
import type { Presence } from './presence.ts';

/** What turns write, prepared once: synchronous, each method one job of a transaction. */
export interface SqliteTurnWriter {
  startAction(start: ActionStart): ActionStarted;
  commitTurn(turn: TurnCommit): CommittedTurn;
}

export function createSqliteTurnWriter(db: Database, presence: Presence): SqliteTurnWriter {
  return { startAction: prepareStartAction(db, presence), commitTurn: prepareCommitTurn(db, presence) };
}

function prepareStartAction(db: Database, presence: Presence): SqliteTurnWriter['startAction'] {
  const claim = db.prepare<[string, string, string, number, number, number]>(
    `INSERT INTO conversations (id, channel, version, claimed_by, created_at, updated_at) VALUES (?, ?, 0, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET claimed_by = excluded.claimed_by
     WHERE conversations.version = ?
       AND (conversations.claimed_by IS NULL OR conversations.claimed_by = excluded.claimed_by)`,
  );
  const keepMessage = db.prepare<[string, string, string, number, string]>(
    `INSERT INTO inbound (conversation, id, message, received_at, claimed_by) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (conversation, id) DO UPDATE SET claimed_by = excluded.claimed_by WHERE inbound.turn IS NULL`,
  );
  const start = db.prepare<[string, string, string, number]>(
    `INSERT INTO action_runs (conversation, key, action, started_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (conversation, key) DO NOTHING`,
  );
  const find = db.prepare<[string, string], { outcome: string | null }>(
    'SELECT outcome FROM action_runs WHERE conversation = ? AND key = ?',
  );

  return ({ conversation, expectedVersion, inbound, action, key, at }) => {
    const me = presence.id;
    const claimed = claim.run(conversation, inbound.channel, me, at, at, expectedVersion).changes === 1;
    if (!claimed) throw conflict(conversation);
    const kept = keepMessage.run(conversation, inbound.id, JSON.stringify(inbound), at, me).changes === 1;
    if (!kept) throw conflict(conversation);
    if (start.run(conversation, key, action, at).changes === 1) return { kind: 'started' };
    const outcome = find.get(conversation, key)?.outcome;
    return outcome ? { kind: 'finished', outcome: JSON.parse(outcome) as Json } : { kind: 'unseen' };
  };
}

function prepareCommitTurn(db: Database, presence: Presence): SqliteTurnWriter['commitTurn'] {
  const answer = db.prepare<[string, string, number, number]>(
    `INSERT INTO inbound (conversation, id, received_at, turn) VALUES (?, ?, ?, ?)
     ON CONFLICT (conversation, id) DO UPDATE SET turn = excluded.turn, message = NULL, claimed_by = NULL
     WHERE inbound.turn IS NULL`,
  );
  const trace = db.prepare<[string, number, number, string]>(
    'INSERT INTO traces (conversation, turn, at, trace) VALUES (?, ?, ?, ?)',
  );
  const endRun = db.prepare<[string, number, string, string]>(
    'UPDATE action_runs SET outcome = ?, finished_at = ? WHERE conversation = ? AND key = ?',
  );
  const writeEvents = prepareEvents(db);
  const advance = prepareAdvance(db, presence);
  const post = preparePost(db, presence);
  const writeTimers = prepareTimers(db);
  const writeHandover = prepareHandovers(db);

  return (turn) => {
    const { conversation, at, inbound } = turn;
    const version = turn.expectedVersion + 1;
    const isNew = answer.run(conversation, inbound.id, at, version).changes === 1;
    if (!isNew || !advance(turn)) throw conflict(conversation);
    const lastEventId = writeEvents(turn, version);
    for (const run of turn.actionRuns) endRun.run(JSON.stringify(run.outcome), at, conversation, run.key);
    writeTimers(turn);
    if (turn.handover) writeHandover(conversation, turn.handover, at);
    trace.run(conversation, version, at, JSON.stringify(turn.trace));
    return { version, lastEventId, deliveries: post(turn, version) };
  };
}

/** Most rows that one statement inserts. */
const maxEventsAtOnce = 16;

/** Writes a turn's events, several with each statement; returns the id of the last. */
function prepareEvents(db: Database): (turn: TurnCommit, version: number) => number {
  const byCount = new Map<number, Statement<(string | number)[]>>();
  const insertOf = (count: number): Statement<(string | number)[]> => {
    const known = byCount.get(count);
    if (known) return known;
    const rows = Array.from({ length: count }, () => '(?, ?, ?, ?, ?)').join(', ');
    const insert = db.prepare<(string | number)[]>(
      `INSERT INTO events (conversation, turn, kind, at, data) VALUES ${rows}`,
    );
    byCount.set(count, insert);
    return insert;
  };

  return ({ conversation, at, events }, version) => {
    let last = 0;
    for (let from = 0; from < events.length; from += maxEventsAtOnce) {
      const some = events.slice(from, from + maxEventsAtOnce);
      const values = some.flatMap(({ kind, data }) => [
        conversation,
        version,
        kind,
        at,
        JSON.stringify(data),
      ]);
      last = Number(insertOf(some.length).run(...values).lastInsertRowid);
    }
    return last;
  };
}

function prepareAdvance(db: Database, presence: Presence): (turn: TurnCommit) => boolean {
  const begin = db.prepare<[string, string, string, number, number, string]>(
    `INSERT INTO conversations (id, channel, version, state, created_at, updated_at) VALUES (?, ?, 1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET version = 1, state = excluded.state, claimed_by = NULL
     WHERE conversations.version = 0 AND (conversations.claimed_by IS NULL OR conversations.claimed_by = ?)`,
  );
  const go = db.prepare<[string, number, string, number, string]>(
    `UPDATE conversations SET version = version + 1, state = ?, claimed_by = NULL, updated_at = ?
     WHERE id = ? AND version = ? AND (claimed_by IS NULL OR claimed_by = ?)`,
  );

  return ({ conversation, expectedVersion, state, inbound, at }) => {
    const json = JSON.stringify(state);
    const { changes } =
      expectedVersion === 0
        ? begin.run(conversation, inbound.channel, json, at, at, presence.id)
        : go.run(json, at, conversation, expectedVersion, presence.id);
    return changes === 1;
  };
}

function preparePost(db: Database, presence: Presence): (turn: TurnCommit, version: number) => Delivery[] {
  const othersWait = db.prepare<[string, string]>(
    `SELECT 1 FROM outbox
     WHERE conversation = ? AND failed_at IS NULL AND (claimed_by IS NULL OR claimed_by <> ?) LIMIT 1`,
  );
  const insert = db.prepare<[string, number, number, string, string, number, string | null]>(
    `INSERT INTO outbox (conversation, turn, position, channel, message, attempts, due_at, claimed_by)
     VALUES (?, ?, ?, ?, ?, 0, ?, ?)`,
  );

  return ({ conversation, outbox, inbound: { channel }, at }, turn) => {
    if (outbox.length === 0) return [];
    const mustWait = othersWait.get(conversation, presence.id) !== undefined;
    const claimedBy = mustWait ? null : presence.id;
    for (const [position, message] of outbox.entries()) {
      insert.run(conversation, turn, position, channel, JSON.stringify(message), at, claimedBy);
    }
    if (mustWait) return [];
    return outbox.map((message, position) => ({
      conversation,
      channel,
      turn,
      position,
      message,
      attempts: 0,
    }));
  };
}

function prepareTimers(db: Database): (turn: TurnCommit) => void {
  const set = db.prepare<[string, string, string, number]>(
    `INSERT INTO timers (conversation, name, channel, due_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (conversation, name) DO UPDATE SET due_at = excluded.due_at, channel = excluded.channel`,
  );
  const cancel = db.prepare<[string, string]>('DELETE FROM timers WHERE conversation = ? AND name = ?');

  return ({ conversation, timers, inbound }) => {
    for (const name of timers.cancelled) cancel.run(conversation, name);
    for (const { name, dueAt } of timers.set) set.run(conversation, name, inbound.channel, dueAt);
  };
}

function prepareHandovers(db: Database): (conversation: string, change: HandoverChange, at: number) => void {
  const open: Statement<[string, string, string, number | null, string, number]> = db.prepare(
    `INSERT INTO handovers (conversation, number, queue, priority, slots, opened_at) VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const release: Statement<[number, string, string]> = db.prepare(
    `UPDATE handovers SET released_at = ?, released_by = ? WHERE conversation = ? AND released_at IS NULL`,
  );

  return (conversation, change, at) => {
    if (change.kind === 'released') release.run(at, change.by, conversation);
    else {
      const { number, queue, priority, slots } = change;
      open.run(conversation, number, queue, priority ?? null, JSON.stringify(slots), at);
    }
  };
}

function conflict(conversation: string): EngineError {
  return new EngineError('STORE_CONFLICT', `Another writer changed conversation ${conversation} first.`, {
    fix: 'Load the conversation again and repeat the turn.',
  });
}
