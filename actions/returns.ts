import { defineAction } from 'usher-engine';
import type { ActionContext, ActionResult } from 'usher-engine';
import { dayAfter } from './shop/day.ts';
import { already, defineShopEffect, done, refused } from './shop/define-shop-effect.ts';
import { isChinese, itemsOf, ownOrder, returnableUntil } from './shop/orders.ts';
import type { Order, OrderItem } from './shop/orders.ts';
import { itemCalled, productName, productsCalled, variantCalled } from './shop/products.ts';
import type { Shop } from './shop/shop.ts';
import { openTicketFor, ticketWithKey } from './shop/tickets.ts';

/** Days that the customer has to hand in a parcel. */
const HAND_IN_DAYS = 14;

interface ReturnRow {
  readonly id: number;
  readonly handInBy: string;
}

/** Opens a return of one item, once for each. */
export const open_return = defineShopEffect<{
  order_id: string;
  item: string;
  reason: string;
  return_method: string;
}>({
  find: findReturn,
  perform: ({ order_id, item, reason, return_method }, context) =>
    addReturn(context, { order_id, item, reason, method: return_method, wanted: null }),
});

/** Says whether what the customer would rather have is there, and what it is called. */
export const check_exchange = defineAction<{ order_id: string; item: string; wanted_item: string }, Shop>(
  ({ order_id, item, wanted_item }, context) => {
    const { resources, locale } = context;
    const mine = ownItem(context, order_id, item);
    if (mine === undefined) throw new Error(`Order ${order_id} has no "${item}".`);
    const item_name = isChinese(locale) ? mine.item.productZh : mine.item.product;
    const variant = variantCalled(resources, mine.item.product, wanted_item);
    if (variant) {
      const wanted = `${item_name} (${variant.variant})`;
      return { set: { item_name, wanted_item: wanted, wanted_in_stock: variant.stock > 0 } };
    }
    const [product, ...others] = productsCalled(resources, wanted_item);
    const isClear = product !== undefined && others.length === 0;
    return {
      set: {
        item_name,
        wanted_item: isClear ? productName(product, locale) : wanted_item,
        wanted_in_stock: isClear && product.stock > 0,
      },
    };
  },
);

/** Arranges that one item is swapped for another, once for each. */
export const open_exchange = defineShopEffect<{ order_id: string; item: string; wanted_item: string }>({
  find: findReturn,
  perform: ({ order_id, item, wanted_item }, context) =>
    addReturn(context, { order_id, item, reason: 'exchange', method: 'courier', wanted: wanted_item }),
});

/** Sends a new one for what arrived broken, while there are some. */
export const send_replacement = defineShopEffect<{ order_id: string; item: string }>({
  find: ticketWithKey,
  perform: ({ order_id, item }, context) => {
    const mine = ownItem(context, order_id, item);
    if (mine?.order.state !== 'delivered') return { set: refused };
    const { product } = mine.item;
    const subject = `${mine.order.id} ${product}`;
    const body = `Send one ${product} in place of a damaged one.`;
    const { database } = context.resources;
    const opened = openTicketFor(context, { kind: 'replacement', subject, body });
    if (opened.set?.['result'] !== 'done') return opened;
    const taken = database
      .prepare('UPDATE products SET stock = stock - 1 WHERE name = ? AND stock > 0')
      .run(product);
    if (taken.changes > 0) return opened;
    database.prepare('DELETE FROM tickets WHERE key = ?').run(context.key);
    return { set: refused };
  },
});

/** Sends after what was not in the box. */
export const send_missing_part = defineShopEffect<{ order_id: string; missing_part: string }>({
  find: ticketWithKey,
  perform: ({ order_id, missing_part }, context) => {
    const order = ownOrder(context, order_id);
    if (order?.state !== 'delivered') return { set: refused };
    const subject = `${order.id} ${missing_part.toLowerCase()}`;
    return openTicketFor(context, { kind: 'missing_part', subject, body: missing_part });
  },
});

interface NewReturn {
  readonly order_id: string;
  readonly item: string;
  readonly reason: string;
  readonly method: string;
  readonly wanted: string | null;
}

function addReturn(context: ActionContext<Shop>, wish: NewReturn): ActionResult {
  const { key, now, resources } = context;
  const mine = ownItem(context, wish.order_id, wish.item);
  const lastDay = mine && returnableUntil(mine.order);
  const today = dayAfter(now, 0);
  if (mine?.order.state !== 'delivered' || lastDay === undefined || lastDay < today) return { set: refused };
  const before = resources.database
    .prepare<unknown[], ReturnRow>(
      'SELECT id, hand_in_by AS handInBy FROM returns WHERE order_id = ? AND product = ?',
    )
    .get(mine.order.id, mine.item.product);
  if (before) return { set: { ...already, ...describe(before) } };
  const handInBy = dayAfter(now, HAND_IN_DAYS);
  const { lastInsertRowid } = resources.database
    .prepare(
      `INSERT INTO returns (key, order_id, product, reason, method, wanted, hand_in_by, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(key, mine.order.id, mine.item.product, wish.reason, wish.method, wish.wanted, handInBy, now);
  return { set: { ...done, ...describe({ id: Number(lastInsertRowid), handInBy }) } };
}

function findReturn(key: string, { resources }: ActionContext<Shop>): ActionResult | undefined {
  const row = resources.database
    .prepare<unknown[], ReturnRow>('SELECT id, hand_in_by AS handInBy FROM returns WHERE key = ?')
    .get(key);
  return row === undefined ? undefined : { set: { ...done, ...describe(row) } };
}

function describe({ id, handInBy }: ReturnRow): { readonly return_id: string; readonly hand_in_by: string } {
  return { return_id: `R-${String(40_000 + id)}`, hand_in_by: handInBy };
}

function ownItem(
  context: ActionContext<Shop>,
  orderId: string,
  item: string,
): { readonly order: Order; readonly item: OrderItem } | undefined {
  const order = ownOrder(context, orderId);
  const found = order && itemCalled(context.resources, itemsOf(context.resources, order.id), item);
  return found && { order, item: found };
}
