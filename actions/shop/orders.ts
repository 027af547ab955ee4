import type { ActionContext } from 'usher-engine';
import { addDays } from './day.ts';
import type { Shop } from './shop.ts';
import { signedInCustomer } from './signed-in-customer.ts';

/** Days after delivery in which things may come back. */
const RETURN_DAYS = 30;

export interface Order {
  readonly id: string;
  readonly state: 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'returned';
  readonly placedOn: string;
  readonly shipTo: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly arrivesOn: string | null;
  readonly deliveredOn: string | null;
  readonly totalCents: number;
}

export interface OrderItem {
  readonly product: string;
  readonly productZh: string;
  readonly quantity: number;
  readonly priceCents: number;
}

const ORDER = `
  SELECT o.id, o.state, o.placed_on AS placedOn, o.ship_to AS shipTo, s.carrier, s.tracking_number AS trackingNumber,
    s.arrives_on AS arrivesOn, s.delivered_on AS deliveredOn,
    (SELECT sum(quantity * price_cents) FROM order_items i WHERE i.order_id = o.id) AS totalCents
  FROM orders o LEFT JOIN shipments s ON s.order_id = o.id
  WHERE o.customer = ?`;

/** An order number as people write it, as the shop does: "ab 123456" → "AB123456". */
export function normaliseOrderId(text: string): string {
  return text.replace(/[\s-]/gu, '').toUpperCase();
}

/**
 * The signed-in customer's order of that number.
 *
 * @returns `undefined` when there is none, or it is somebody else's: the two look alike from outside.
 */
export function ownOrder(context: ActionContext<Shop>, orderId: string): Order | undefined {
  const { id } = signedInCustomer(context);
  return context.resources.database
    .prepare<unknown[], Order>(`${ORDER} AND o.id = ?`)
    .get(id, normaliseOrderId(orderId));
}

/** All of the signed-in customer's orders, newest first. */
export function ownOrders(context: ActionContext<Shop>): readonly Order[] {
  const { id } = signedInCustomer(context);
  return context.resources.database
    .prepare<unknown[], Order>(`${ORDER} ORDER BY o.placed_on DESC, o.id`)
    .all(id);
}

export function itemsOf({ database }: Shop, orderId: string): readonly OrderItem[] {
  return database
    .prepare<unknown[], OrderItem>(
      `SELECT i.product, p.name_zh AS productZh, i.quantity, i.price_cents AS priceCents
       FROM order_items i JOIN products p ON p.name = i.product WHERE i.order_id = ? ORDER BY i.rowid`,
    )
    .all(orderId);
}

/** What is in an order, in one line. */
export function summaryOf(items: readonly OrderItem[], locale: string): string {
  return isChinese(locale)
    ? items.map(({ productZh, quantity }) => `${productZh}×${quantity}`).join('、')
    : items.map(({ product, quantity }) => `${quantity} × ${product}`).join(', ');
}

/** The last day on which something from the order may come back; `undefined` while it has not arrived. */
export function returnableUntil({ deliveredOn }: Order): string | undefined {
  return deliveredOn === null ? undefined : addDays(deliveredOn, RETURN_DAYS);
}

export function isChinese(locale: string): boolean {
  return locale.toLowerCase().startsWith('zh');
}
