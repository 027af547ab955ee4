import { defineAction } from 'usher-engine';
import type { ActionContext } from 'usher-engine';
import { dayAfter } from './shop/day.ts';
import { already, defineShopEffect, done, refused } from './shop/define-shop-effect.ts';
import { euros } from './shop/money.ts';
import { ownOrder, returnableUntil } from './shop/orders.ts';
import type { Order } from './shop/orders.ts';
import type { Shop } from './shop/shop.ts';

/** Days until a refund is on the customer's account. */
const REFUND_DAYS = 5;

interface RefundRow {
  readonly state: 'requested' | 'paid';
  readonly amountCents: number;
  readonly paysOn: string;
}

/** How far the refund of an order is. */
export const find_refund = defineAction<{ order_id: string }, Shop>(({ order_id }, context) => {
  const order = ownOrder(context, order_id);
  const refund = order === undefined ? undefined : refundOf(context, order.id);
  if (refund === undefined)
    return { set: { refund_state: 'not_asked', refund_amount: null, refund_paid_on: null } };
  const { state, amountCents, paysOn } = refund;
  return { set: { refund_state: state, refund_amount: euros(amountCents), refund_paid_on: paysOn } };
});

/** Pays an order back, once: a second refund of the same order is refused whatever asks for it. */
export const issue_refund = defineShopEffect<{ order_id: string; reason: string }>({
  find: findByKey,
  perform: ({ order_id, reason }, context) => {
    const order = ownOrder(context, order_id);
    if (order === undefined) return { set: refused };
    if (refundOf(context, order.id) !== undefined) return { set: already };
    if (!isRefundable(order, context.now)) return { set: refused };
    payBack(order, { kind: 'refund', reason }, context);
    return { set: done };
  },
});

/** Takes an order back that was not sent, and pays it back. */
export const withdraw_order = defineShopEffect<{ order_id: string }>({
  find: findByKey,
  perform: ({ order_id }, context) => {
    const order = ownOrder(context, order_id);
    if (order?.state === 'cancelled') return { set: already };
    if (order?.state !== 'processing') return { set: refused };
    const { database } = context.resources;
    database.prepare("UPDATE orders SET state = 'cancelled' WHERE id = ?").run(order.id);
    database.prepare('DELETE FROM shipments WHERE order_id = ?').run(order.id);
    payBack(order, { kind: 'cancellation', reason: 'cancelled' }, context);
    return { set: done };
  },
});

function findByKey(
  key: string,
  { resources }: ActionContext<Shop>,
): { readonly set: typeof done } | undefined {
  const row = resources.database.prepare('SELECT 1 FROM refunds WHERE key = ?').get(key);
  return row === undefined ? undefined : { set: done };
}

function refundOf({ resources }: ActionContext<Shop>, orderId: string): RefundRow | undefined {
  return resources.database
    .prepare<unknown[], RefundRow>(
      'SELECT state, amount_cents AS amountCents, pays_on AS paysOn FROM refunds WHERE order_id = ?',
    )
    .get(orderId);
}

function isRefundable(order: Order, now: number): boolean {
  if (order.state === 'returned') return true;
  const lastDay = returnableUntil(order);
  return order.state === 'delivered' && lastDay !== undefined && lastDay >= dayAfter(now, 0);
}

function payBack(
  order: Order,
  { kind, reason }: { readonly kind: 'refund' | 'cancellation'; readonly reason: string },
  { key, now, resources }: ActionContext<Shop>,
): void {
  resources.database
    .prepare(
      `INSERT INTO refunds (key, order_id, kind, amount_cents, reason, state, pays_on, at)
       VALUES (?, ?, ?, ?, ?, 'requested', ?, ?)`,
    )
    .run(key, order.id, kind, order.totalCents, reason, dayAfter(now, REFUND_DAYS), now);
}
