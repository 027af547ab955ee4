import type { ActionContext, ActionResult } from 'usher-engine';
import { already, done } from './define-shop-effect.ts';
import type { Shop } from './shop.ts';
import { signedInCustomer } from './signed-in-customer.ts';

export interface NewTicket {
  readonly kind: 'complaint' | 'trace' | 'replacement' | 'missing_part' | 'erasure';
  /** Who gets the answer; the signed-in customer unless said. */
  readonly email?: string;
  /** What it is about: an open ticket of the same kind, address and subject is not opened again. */
  readonly subject: string;
  readonly body: string;
}

/** Opens a ticket under the call's key, or names the open one about the same thing. */
export function openTicketFor(context: ActionContext<Shop>, ticket: NewTicket): ActionResult {
  const { database } = context.resources;
  const email = ticket.email ?? signedInCustomer(context).email;
  const open = database
    .prepare<unknown[], string>(
      "SELECT id FROM tickets WHERE kind = ? AND email = ? AND subject = ? AND state = 'open'",
    )
    .pluck()
    .get(ticket.kind, email, ticket.subject);
  if (open !== undefined) return { set: { ...already, ticket_id: open } };
  const id = nextTicketId(context.resources);
  database
    .prepare(
      `INSERT INTO tickets (id, key, kind, email, subject, body, state, note, note_zh, at)
       VALUES (?, ?, ?, ?, ?, ?, 'open', 'it is waiting for a colleague.', '等待同事处理。', ?)`,
    )
    .run(id, context.key, ticket.kind, email, ticket.subject, ticket.body, context.now);
  return { set: { ...done, ticket_id: id } };
}

/** What the call with this key opened. */
export function ticketWithKey(key: string, { resources }: ActionContext<Shop>): ActionResult | undefined {
  const id = resources.database
    .prepare<unknown[], string>('SELECT id FROM tickets WHERE key = ?')
    .pluck()
    .get(key);
  return id === undefined ? undefined : { set: { ...done, ticket_id: id } };
}

function nextTicketId({ database }: Shop): string {
  const last = database
    .prepare<unknown[], number>('SELECT max(CAST(substr(id, 3) AS INTEGER)) FROM tickets')
    .pluck()
    .get();
  return `T-${String((last ?? 10_000) + 7)}`;
}
