import { sql, type Kysely } from 'kysely';

/** The tables of the first release. Ids grow by themselves: an `integer` primary key is SQLite's row id. */
export async function firstTables(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('conversations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('state', 'text')
    .addColumn('claimed_by', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('events')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('events_of').on('events').columns(['conversation', 'turn', 'id']).execute();
  await inboxAndOutbox(db);
  await actionsAndTimers(db);
  await tracesAndHandovers(db);
}

async function inboxAndOutbox({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('inbound')
    .addColumn('seq', 'integer', (c) => c.primaryKey())
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('message', 'text')
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('turn', 'integer')
    .addUniqueConstraint('inbound_once', ['conversation', 'id'])
    .execute();
  await schema
    .createIndex('inbound_unfinished')
    .on('inbound')
    .column('seq')
    .where(sql`turn`, 'is', null)
    .execute();
  await schema
    .createTable('outbox')
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('claimed_by', 'text')
    .addColumn('last_error', 'text')
    .addColumn('failed_at', 'bigint')
    .addPrimaryKeyConstraint('outbox_order', ['conversation', 'turn', 'position'])
    .modifyEnd(sql`WITHOUT ROWID`)
    .execute();
}

async function actionsAndTimers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('action_runs')
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('finished_at', 'bigint')
    .addColumn('outcome', 'text')
    .addPrimaryKeyConstraint('action_runs_once', ['conversation', 'key'])
    .execute();
  await schema
    .createTable('timers')
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('timers_of', ['conversation', 'name'])
    .execute();
  await schema.createIndex('timers_due').on('timers').column('due_at').execute();
}

async function tracesAndHandovers({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('traces')
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('turn', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('trace', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('traces_of', ['conversation', 'turn'])
    .execute();
  await schema
    .createTable('handovers')
    .addColumn('conversation', 'text', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('queue', 'text', (c) => c.notNull())
    .addColumn('priority', 'integer')
    .addColumn('slots', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('released_at', 'bigint')
    .addColumn('released_by', 'text')
    .addPrimaryKeyConstraint('handovers_of', ['conversation', 'number'])
    .execute();
  await schema
    .createTable('flow_versions')
    .addColumn('version', 'text', (c) => c.primaryKey())
    .addColumn('program', 'text', (c) => c.notNull())
    .addColumn('saved_at', 'bigint', (c) => c.notNull())
    .execute();
}
