import { defineAction } from 'usher-engine';
import { defineShopEffect } from './shop/define-shop-effect.ts';
import { isChinese } from './shop/orders.ts';
import type { Shop } from './shop/shop.ts';
import { signedInCustomer } from './shop/signed-in-customer.ts';
import { openTicketFor, ticketWithKey } from './shop/tickets.ts';

/** Files a complaint; the same words from the same address again give the same ticket while it is open. */
export const open_ticket = defineShopEffect<{ complaint: string; email: string }>({
  find: ticketWithKey,
  perform: ({ complaint, email }, context) =>
    openTicketFor(context, { kind: 'complaint', email, subject: complaint, body: complaint }),
});

/** What became of a ticket of the signed-in customer's. */
export const find_ticket = defineAction<{ ticket_id: string }, Shop>(({ ticket_id }, context) => {
  const id = `T-${ticket_id.replace(/\D/gu, '')}`;
  const ticket = context.resources.database
    .prepare<unknown[], { readonly state: string; readonly note: string; readonly noteZh: string }>(
      'SELECT state, note, note_zh AS noteZh FROM tickets WHERE id = ? AND email = ?',
    )
    .get(id, signedInCustomer(context).email);
  if (ticket === undefined) return { set: { ticket_state: 'unknown', ticket_id: id, ticket_note: null } };
  const note = isChinese(context.locale) ? ticket.noteZh : ticket.note;
  return { set: { ticket_state: ticket.state, ticket_id: id, ticket_note: note } };
});
