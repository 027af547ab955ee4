import { already, defineShopEffect, done, refused } from './shop/define-shop-effect.ts';
import { ownOrders } from './shop/orders.ts';
import { signedInCustomer } from './shop/signed-in-customer.ts';
import { openTicketFor, ticketWithKey } from './shop/tickets.ts';

/** Changes the number that couriers call. */
export const update_phone = defineShopEffect<{ phone: string }>({
  find: (key, { resources }) =>
    resources.database.prepare('SELECT 1 FROM contact_changes WHERE key = ?').get(key) === undefined
      ? undefined
      : { set: done },
  perform: ({ phone }, context) => {
    const { id } = signedInCustomer(context);
    const { database } = context.resources;
    database.prepare('UPDATE customers SET phone = ? WHERE id = ?').run(phone, id);
    database
      .prepare('INSERT INTO contact_changes (key, customer, phone, at) VALUES (?, ?, ?, ?)')
      .run(context.key, id, phone, context.now);
    return { set: done };
  },
});

/** Ends the advertising, or files the deletion of the account, which waits for orders that are under way. */
export const request_erasure = defineShopEffect<{ erasure: string }>({
  find: ticketWithKey,
  perform: ({ erasure }, context) => {
    const underWay = ownOrders(context).some(({ state }) => state === 'processing' || state === 'shipped');
    if (erasure === 'everything' && underWay) return { set: refused };
    if (erasure === 'everything') {
      return openTicketFor(context, { kind: 'erasure', subject: 'everything', body: 'Delete the account.' });
    }
    const { id } = signedInCustomer(context);
    const { database } = context.resources;
    const { changes } = database
      .prepare('UPDATE customers SET marketing = 0 WHERE id = ? AND marketing = 1')
      .run(id);
    if (changes === 0) return { set: already };
    return openTicketFor(context, { kind: 'erasure', subject: 'marketing', body: 'No more advertising.' });
  },
});
