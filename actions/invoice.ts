import type { ActionContext, ActionResult } from 'usher-engine';
import { already, defineShopEffect, done, refused } from './shop/define-shop-effect.ts';
import { ownOrder } from './shop/orders.ts';
import type { Shop } from './shop/shop.ts';

/** Writes an invoice; the same order and name again give the same one. */
export const issue_invoice = defineShopEffect<{ order_id: string; invoice_name: string }>({
  find: (key, { resources }) => {
    const number = resources.database
      .prepare<unknown[], string>('SELECT number FROM invoices WHERE key = ?')
      .pluck()
      .get(key);
    return number === undefined ? undefined : { set: { ...done, invoice_number: number } };
  },
  perform: writeInvoice,
});

function writeInvoice(
  { order_id, invoice_name }: { readonly order_id: string; readonly invoice_name: string },
  context: ActionContext<Shop>,
): ActionResult {
  const order = ownOrder(context, order_id);
  if (order === undefined || order.state === 'cancelled') return { set: refused };
  const { database } = context.resources;
  const before = database
    .prepare<unknown[], string>('SELECT number FROM invoices WHERE order_id = ? AND name = ?')
    .pluck()
    .get(order.id, invoice_name);
  if (before !== undefined) return { set: { ...already, invoice_number: before } };
  const count = database.prepare<unknown[], number>('SELECT count(*) FROM invoices').pluck().get() ?? 0;
  const number = `INV-${String(50_001 + count)}`;
  database
    .prepare('INSERT INTO invoices (number, key, order_id, name, amount_cents, at) VALUES (?, ?, ?, ?, ?, ?)')
    .run(number, context.key, order.id, invoice_name, order.totalCents, context.now);
  return { set: { ...done, invoice_number: number } };
}
