import { sql, type Kysely } from 'kysely';

/** A count of what was forgotten: all that is left of it, and what other processes see it by. */
export async function forgottenCount(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('forgotten')
    .addColumn('count', 'integer', (c) => c.notNull())
    .execute();
  await sql`INSERT INTO forgotten (count) VALUES (0)`.execute(db);
}
