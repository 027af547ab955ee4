import type { Database } from 'better-sqlite3';
import type { Json } from '../json.ts';
import type { InboundMessage, Message } from '../message.ts';
import { beingAnswered } from './being-answered.ts';
import type { DueTimer, StoredConversation, StoredReply } from './conversation-store.ts';
import type { Presence } from './presence.ts';

/** What arrives, prepared once: synchronous, each writing method one job of a transaction. */
export interface SqliteInbox {
  /** @returns Whose claim on the conversation must be taken over before it is answered, if anyone's. */
  load(id: string): StoredConversation & { readonly claimedBy: string | null };
  findReply(conversation: string, messageId: string): StoredReply | undefined;
  accept(message: InboundMessage, at: number): boolean;
  takeOver(conversation: string, from: string): readonly InboundMessage[];
  takeUnfinished(channels: readonly string[]): readonly InboundMessage[];
  dueTimers(query: DueQuery): readonly DueTimer[];
}

export interface DueQuery {
  readonly channels: readonly string[];
  readonly at: number;
  readonly limit: number;
}

interface ConversationRow {
  readonly version: number;
  readonly state: string | null;
  readonly claimed_by: string | null;
}

interface UnfinishedRow {
  readonly seq: number;
  readonly conversation: string;
  readonly message: string;
  readonly claimed_by: string | null;
}

export function createSqliteInbox(db: Database, presence: Presence): SqliteInbox {
  const conversation = db.prepare<[string], ConversationRow>(
    'SELECT version, state, claimed_by FROM conversations WHERE id = ?',
  );
  const accept = db.prepare<[string, string, string, number, string]>(
    `INSERT INTO inbound (conversation, id, message, received_at, claimed_by) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (conversation, id) DO NOTHING`,
  );
  const dueTimers = db.prepare<[number, string, number], DueTimer>(
    `SELECT conversation, channel, name, due_at AS dueAt FROM timers
     WHERE due_at <= ? AND channel IN (SELECT value FROM json_each(?)) ORDER BY due_at LIMIT ?`,
  );

  return {
    load(id) {
      const row = conversation.get(id);
      return {
        id,
        version: row?.version ?? 0,
        state: row?.state ? (JSON.parse(row.state) as Json) : undefined,
        claimedBy: row?.claimed_by ?? null,
        unfinished: [],
      };
    },
    findReply: prepareFindReply(db),
    accept: (message, at) =>
      accept.run(message.conversation, message.id, JSON.stringify(message), at, presence.id).changes === 1,
    ...prepareTakeOver(db, presence),
    dueTimers: ({ channels, at, limit }) => dueTimers.all(at, JSON.stringify(channels), limit),
  };
}

function prepareFindReply(db: Database): SqliteInbox['findReply'] {
  const answered = db.prepare<[string, string], { turn: number; trace: string }>(
    `SELECT inbound.turn, traces.trace FROM inbound
     JOIN traces ON traces.conversation = inbound.conversation AND traces.turn = inbound.turn
     WHERE inbound.conversation = ? AND inbound.id = ?`,
  );
  const events = db.prepare<[string, number], { id: number; kind: string; data: string }>(
    'SELECT id, kind, data FROM events WHERE conversation = ? AND turn = ? ORDER BY id',
  );

  return (conversation, messageId) => {
    const found = answered.get(conversation, messageId);
    if (!found) return undefined;
    const rows = events.all(conversation, found.turn);
    return {
      version: found.turn,
      lastEventId: rows.at(-1)?.id ?? 0,
      messages: rows
        .filter(({ kind }) => kind === 'bot_message')
        .map(({ data }) => (JSON.parse(data) as { readonly message: Message }).message),
      trace: JSON.parse(found.trace) as Json,
    };
  };
}

function prepareTakeOver(db: Database, presence: Presence): Pick<SqliteInbox, 'takeOver' | 'takeUnfinished'> {
  const unfinished = db.prepare<[], UnfinishedRow>(
    'SELECT seq, conversation, message, claimed_by FROM inbound WHERE turn IS NULL ORDER BY seq',
  );
  const claimConversation = db.prepare<[string, string, string]>(
    'UPDATE conversations SET claimed_by = ? WHERE id = ? AND claimed_by = ?',
  );
  const claimMessage = db.prepare<[string, number]>('UPDATE inbound SET claimed_by = ? WHERE seq = ?');
  const isGone = (owner: string | null): boolean => owner === null || !presence.isAlive(owner);

  const take = ({ seq, conversation, claimed_by }: UnfinishedRow): void => {
    claimMessage.run(presence.id, seq);
    claimConversation.run(presence.id, conversation, claimed_by ?? '');
  };

  return {
    takeOver(conversation, from) {
      if (from !== presence.id && presence.isAlive(from)) throw beingAnswered(conversation);
      claimConversation.run(presence.id, conversation, from);
      const rows = unfinished.all().filter((row) => row.conversation === conversation);
      rows.forEach(take);
      return rows.map(({ message }) => JSON.parse(message) as InboundMessage);
    },
    takeUnfinished(channels) {
      const left = unfinished.all().filter(({ claimed_by }) => isGone(claimed_by));
      const found = left.map((row) => ({ row, message: JSON.parse(row.message) as InboundMessage }));
      const ours = found.filter(({ message }) => channels.includes(message.channel));
      for (const { row } of ours) take(row);
      return ours.map(({ message }) => message);
    },
  };
}
