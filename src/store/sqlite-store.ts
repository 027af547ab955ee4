import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { ConversationLog } from './conversation-log.ts';
import type { ConversationStore } from './conversation-store.ts';
import { migrate } from './migrate.ts';
import type { Outbox } from './outbox.ts';
import { createPresence } from './presence.ts';
import type { Schema } from './schema.ts';
import { createSqliteForget } from './sqlite-forget.ts';
import { sqliteFault } from './sqlite-fault.ts';
import { createSqliteInbox } from './sqlite-inbox.ts';
import { createSqliteOutbox } from './sqlite-outbox.ts';
import { createSqlitePrograms } from './sqlite-programs.ts';
import { createSqliteTurnWriter } from './sqlite-turn-writer.ts';
import { createWriteBatch } from './write-batch.ts';

export interface SqliteStoreOptions {
  /** Path of the database, made when absent; `:memory:` for one that ends with the process. */
  readonly file: string;
  /** What a commit waits for: the disk (`full`, the default), or the operating system (a power cut may lose turns). */
  readonly synchronous?: 'full' | 'normal';
  /** How long to wait for another process's write; the default is 5 seconds. */
  readonly busyTimeoutMs?: number;
  /** Most pages (of 4 KiB) that the file may grow to; the default is no limit. */
  readonly maxPages?: number | undefined;
  readonly readOnly?: boolean | undefined;
}

export type SqliteStore = ConversationStore & Outbox & ConversationLog;

/**
 * Opens the store in a SQLite file, shared with whichever processes have it open too.
 *
 * @throws EngineError `STORE_READ_ONLY`, `STORE_FULL` or `STORE_FAILED` when it cannot be opened or brought up to date.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const fault = (error: unknown): unknown => sqliteFault(error, options.file);
  let db: Database.Database | undefined;
  try {
    db = openConnection(options);
    await migrate(db, options.file);
    return createStore(db, options, fault);
  } catch (error) {
    db?.close();
    throw fault(error);
  }
}

function openConnection({ file, busyTimeoutMs = 5000, maxPages, readOnly = false }: SqliteStoreOptions) {
  if (file !== ':memory:' && !readOnly) mkdirSync(dirname(file), { recursive: true });
  const db = new Database(file, { timeout: busyTimeoutMs, readonly: readOnly });
  if (!readOnly) db.pragma('journal_mode = WAL');
  // What is forgotten is overwritten, not just unlinked.
  db.pragma('secure_delete = FAST');
  if (maxPages !== undefined) db.pragma(`max_page_count = ${Math.trunc(maxPages)}`);
  return db;
}

function createStore(
  db: Database.Database,
  { file, synchronous = 'full' }: SqliteStoreOptions,
  fault: (error: unknown) => unknown,
): SqliteStore {
  const presence = createPresence(file === ':memory:' ? undefined : `${file}-processes`);
  const batch = createWriteBatch(db, { synchronous, fault });
  const inbox = createSqliteInbox(db, presence);
  const turns = createSqliteTurnWriter(db, presence);
  const outbox = createSqliteOutbox(db, presence);
  const deletions = createSqliteForget(db, (owner) => owner !== presence.id && presence.isAlive(owner));
  const programs = createSqlitePrograms(db);
  const guard: Guard = async (work) => {
    try {
      return await work();
    } catch (error) {
      throw fault(error);
    }
  };

  const erase = async <T>(work: () => T): Promise<T> => {
    const erased = await batch.enqueue('durable', work);
    // The log of recent writes holds what was deleted, until it is folded into the file.
    await guard(() => db.pragma('wal_checkpoint(TRUNCATE)'));
    return erased;
  };

  return {
    async load(id) {
      const { claimedBy, ...conversation } = await guard(() => inbox.load(id));
      if (claimedBy === null) return conversation;
      return {
        ...conversation,
        unfinished: await batch.enqueue('relaxed', () => inbox.takeOver(id, claimedBy)),
      };
    },
    findReply: (conversation, messageId) => guard(() => inbox.findReply(conversation, messageId)),
    accept: (message, at) => batch.enqueue('durable', () => inbox.accept(message, at)),
    takeUnfinished: (channels) => batch.enqueue('relaxed', () => inbox.takeUnfinished(channels)),
    startAction: (start) => batch.enqueue('durable', () => turns.startAction(start)),
    commitTurn: (turn) => batch.enqueue('durable', () => turns.commitTurn(turn)),
    dueTimers: (query) => guard(() => inbox.dueTimers(query)),
    takeDue: (query) => batch.enqueue('relaxed', () => outbox.takeDue(query)),
    settle: (delivery, settlement) => batch.enqueue('lazy', () => outbox.settle(delivery, settlement)),
    forget: (conversation) => erase(() => deletions.forget(conversation)),
    forgetIdleSince: (at) => erase(() => deletions.forgetIdleSince(at)),
    saveProgram: (version, program, at) => guard(() => programs.save(version, program, at)),
    ...lazyLog(db, guard),
    [Symbol.asyncDispose]() {
      batch[Symbol.dispose]();
      db.close();
      presence[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/** The log, whose query builder takes 200 ms to load, from its first use. */
function lazyLog(
  db: Database.Database,
  guard: Guard,
): Omit<ConversationLog, 'forget' | 'forgetIdleSince' | 'saveProgram'> {
  const load = async () => {
    const [{ openKysely }, { createSqlLog }] = await Promise.all([
      import('./sqlite-kysely.ts'),
      import('./sql-log.ts'),
    ]);
    return createSqlLog(openKysely<Schema>(db));
  };
  let loading: ReturnType<typeof load> | undefined;
  const log = (): ReturnType<typeof load> => (loading ??= load());

  return {
    conversations: (options) => guard(async () => (await log()).conversations(options)),
    lastHeard: (options) => guard(async () => (await log()).lastHeard(options)),
    conversation: (id) => guard(async () => (await log()).conversation(id)),
    state: (id) => guard(async () => (await log()).state(id)),
    events: (conversation, options) => guard(async () => (await log()).events(conversation, options)),
    changes: (after) => guard(async () => (await log()).changes(after)),
    traces: (conversation, options) => guard(async () => (await log()).traces(conversation, options)),
    loadProgram: (version) => guard(async () => (await log()).loadProgram(version)),
  };
}

/** Runs work so that what SQLite throws comes out as a fault of the engine. */
type Guard = <T>(work: () => T | Promise<T>) => Promise<T>;
