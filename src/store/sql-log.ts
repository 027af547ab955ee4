import type { Kysely } from 'kysely';
import type { Json } from '../json.ts';
import type { ConversationLog } from './conversation-log.ts';
import type { Schema } from './schema.ts';

/** The reading side of the log, over any SQL dialect. */
export function createSqlLog(
  db: Kysely<Schema>,
): Omit<ConversationLog, 'forget' | 'forgetIdleSince' | 'saveProgram'> {
  return {
    async conversations({ limit = 100 } = {}) {
      return await summaries(db).orderBy('updated_at', 'desc').limit(limit).execute();
    },
    async conversation(id) {
      return await summaries(db).where('conversations.id', '=', id).executeTakeFirst();
    },
    async lastHeard({ limit = 100 } = {}) {
      const rows = await db
        .selectFrom('conversations')
        .select((eb) => [
          'id',
          eb
            .selectFrom('events')
            .select('data')
            .whereRef('events.conversation', '=', 'conversations.id')
            .where('kind', '=', 'user_message')
            .orderBy('turn', 'desc')
            .orderBy('events.id', 'desc')
            .limit(1)
            .as('data'),
        ])
        .orderBy('updated_at', 'desc')
        .limit(limit)
        .execute();
      return rows.flatMap(({ id, data }) =>
        data === null ? [] : [{ conversation: id, data: JSON.parse(data) as Json }],
      );
    },
    async state(id) {
      const row = await db
        .selectFrom('conversations')
        .select('state')
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.state ? (JSON.parse(row.state) as Json) : undefined;
    },
    async events(conversation, { after = 0, limit = 1000, last } = {}) {
      const direction = last === undefined ? 'asc' : 'desc';
      const rows = await db
        .selectFrom('events')
        .select(['id', 'turn', 'kind', 'at', 'data'])
        .where('conversation', '=', conversation)
        .where('id', '>', after)
        // The index leads with the turn: a cursor deep in a long history must not walk all of it.
        .where('turn', '>=', (eb) =>
          eb.fn.coalesce(eb.selectFrom('events').select('turn').where('id', '=', after), eb.val(0)),
        )
        .orderBy('turn', direction)
        .orderBy('id', direction)
        .limit(last ?? limit)
        .execute();
      const events = rows.map(({ data, ...row }) => ({ ...row, data: JSON.parse(data) as Json }));
      return last === undefined ? events : events.reverse();
    },
    async changes(after) {
      const { event, forgotten } = await db
        .selectFrom('forgotten')
        .select((eb) => [
          'count as forgotten',
          eb
            .selectFrom('events')
            .select((of) => of.fn.max('id').as('id'))
            .as('event'),
        ])
        .executeTakeFirstOrThrow();
      const cursor = { event: event ?? 0, forgotten };
      if (!after || cursor.event <= after.event) return { cursor, conversations: [] };
      const rows = await db
        .selectFrom('events')
        .select('conversation')
        .distinct()
        .where('id', '>', after.event)
        .where('id', '<=', cursor.event)
        .execute();
      return { cursor, conversations: rows.map(({ conversation }) => conversation) };
    },
    async traces(conversation, { limit = 100 } = {}) {
      const rows = await db
        .selectFrom('traces')
        .select(['turn', 'at', 'trace'])
        .where('conversation', '=', conversation)
        .orderBy('turn', 'desc')
        .limit(limit)
        .execute();
      return rows.reverse().map(({ trace, ...row }) => ({ ...row, trace: JSON.parse(trace) as Json }));
    },
    async loadProgram(version) {
      const query = db.selectFrom('flow_versions').select('program').where('version', '=', version);
      const row = await query.executeTakeFirst();
      return row && (JSON.parse(row.program) as Json);
    },
  };
}

function summaries(db: Kysely<Schema>) {
  return db
    .selectFrom('conversations')
    .leftJoin('handovers', (join) =>
      join.onRef('handovers.conversation', '=', 'conversations.id').on('handovers.released_at', 'is', null),
    )
    .select((eb) => [
      'conversations.id',
      'channel',
      'version',
      'created_at as createdAt',
      'updated_at as updatedAt',
      eb.ref('handovers.number').as('handover'),
    ]);
}
