import Database from 'better-sqlite3';

/** The rows that a turn writes, written by hand: what the disk allows. */
export interface BareCommit extends Disposable {
  commit(conversation: string, turn: number): void;
}

/**
 * Opens the store's own tables without the engine, and writes the same six rows a turn, of the same size.
 *
 * @param like - A file that the engine has written turns to; its last turn is the model.
 */
export function openBareCommit(file: string, like: string): BareCommit {
  const sizes = sizesOf(like);
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  const state = 'x'.repeat(sizes.state);
  const data = 'x'.repeat(sizes.event);
  const message = 'x'.repeat(sizes.message);
  const trace = 'x'.repeat(sizes.trace);
  const conversation = db.prepare(
    `INSERT INTO conversations (id, channel, version, state, created_at, updated_at) VALUES (?, 'test', 1, ?, 1, 1)
     ON CONFLICT (id) DO UPDATE SET version = version + 1, state = excluded.state`,
  );
  const inbound = db.prepare('INSERT INTO inbound (conversation, id, received_at, turn) VALUES (?, ?, 1, ?)');
  const event = db.prepare(
    "INSERT INTO events (conversation, turn, kind, at, data) VALUES (?, ?, 'e', 1, ?)",
  );
  const outbox = db.prepare(
    `INSERT INTO outbox (conversation, turn, position, channel, message, attempts, due_at) VALUES (?, ?, 0, 'test', ?, 0, 1)`,
  );
  const traces = db.prepare('INSERT INTO traces (conversation, turn, at, trace) VALUES (?, ?, 1, ?)');
  const write = db.transaction((id: string, turn: number) => {
    conversation.run(id, state);
    inbound.run(id, `m-${turn}`, turn);
    event.run(id, turn, data);
    event.run(id, turn, data);
    outbox.run(id, turn, message);
    traces.run(id, turn, trace);
  });
  return { commit: write, [Symbol.dispose]: () => db.close() };
}

function sizesOf(file: string) {
  const db = new Database(file, { readonly: true });
  const size = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0;
  try {
    return {
      state: size('SELECT length(state) FROM conversations ORDER BY updated_at DESC LIMIT 1'),
      event: size('SELECT max(length(data)) FROM events'),
      message: size('SELECT max(length(data)) FROM events'),
      trace: size('SELECT length(trace) FROM traces ORDER BY at DESC LIMIT 1'),
    };
  } finally {
    db.close();
  }
}
