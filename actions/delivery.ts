import type { ActionContext } from 'usher-engine';
import { already, defineShopEffect, done, refused } from './shop/define-shop-effect.ts';
import { ownOrder } from './shop/orders.ts';
import type { Shop } from './shop/shop.ts';
import { openTicketFor, ticketWithKey } from './shop/tickets.ts';

/** Sends an order that is still here somewhere else. */
export const redirect_order = defineShopEffect<{ order_id: string; new_address: string }>({
  find: findChange,
  perform: ({ order_id, new_address }, context) => {
    const order = ownOrder(context, order_id);
    if (order?.state !== 'processing') return { set: refused };
    if (order.shipTo === new_address) return { set: already };
    context.resources.database
      .prepare('UPDATE orders SET ship_to = ? WHERE id = ?')
      .run(new_address, order.id);
    recordChange(context, { orderId: order.id, kind: 'address', value: new_address });
    return { set: done };
  },
});

/** Has a parcel delivered on another day. */
export const reschedule_parcel = defineShopEffect<{ order_id: string; delivery_date: string }>({
  find: findChange,
  perform: ({ order_id, delivery_date }, context) => {
    const order = ownOrder(context, order_id);
    if (order?.state !== 'processing' && order?.state !== 'shipped') return { set: refused };
    if (order.arrivesOn === delivery_date) return { set: already };
    context.resources.database
      .prepare('UPDATE shipments SET arrives_on = ? WHERE order_id = ?')
      .run(delivery_date, order.id);
    recordChange(context, { orderId: order.id, kind: 'delivery_date', value: delivery_date });
    return { set: done };
  },
});

/** Has the carrier look for a parcel. */
export const open_trace = defineShopEffect<{ order_id: string }>({
  find: ticketWithKey,
  perform: ({ order_id }, context) => {
    const order = ownOrder(context, order_id);
    if (order?.state !== 'shipped' && order?.state !== 'delivered') return { set: refused };
    const body = `Parcel ${order.trackingNumber ?? '?'} did not reach the customer.`;
    return openTicketFor(context, { kind: 'trace', subject: order.id, body });
  },
});

function findChange(
  key: string,
  { resources }: ActionContext<Shop>,
): { readonly set: typeof done } | undefined {
  const row = resources.database.prepare('SELECT 1 FROM order_changes WHERE key = ?').get(key);
  return row === undefined ? undefined : { set: done };
}

function recordChange(
  { key, now, resources }: ActionContext<Shop>,
  change: { readonly orderId: string; readonly kind: 'address' | 'delivery_date'; readonly value: string },
): void {
  resources.database
    .prepare('INSERT INTO order_changes (key, order_id, kind, value, at) VALUES (?, ?, ?, ?, ?)')
    .run(key, change.orderId, change.kind, change.value, now);
}
