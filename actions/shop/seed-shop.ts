import type Database from 'better-sqlite3';
import { catalogue } from './catalogue.ts';
import { dayAfter } from './day.ts';
import {
  sampleCoupons,
  sampleCustomers,
  sampleOrders,
  sampleRefunds,
  sampleTickets,
} from './sample-orders.ts';
import type { SampleOrder } from './sample-orders.ts';

type Row = Readonly<Record<string, string | number | null>>;

/**
 * Fills empty tables with the sample shop: the same rows each time, their dates relative to `now`.
 *
 * @param now - Epoch milliseconds.
 */
export function seedShop(database: Database.Database, now: number): void {
  seedProducts(database, now);
  for (const { name, email, phone, creditCents } of sampleCustomers) {
    insert(database, 'customers', { name, email, phone, credit_cents: creditCents });
  }
  sampleOrders.forEach((order, index) => {
    seedOrder(database, order, index, now);
  });
  seedCoupons(database, now);
  seedRefunds(database, now);
  for (const { id, email, state, body, note, noteZh } of sampleTickets) {
    const key = `sample:${id}`;
    const words = { body, note, note_zh: noteZh };
    insert(database, 'tickets', { id, key, kind: 'complaint', email, subject: id, state, at: now, ...words });
  }
}

function seedProducts(database: Database.Database, now: number): void {
  for (const product of catalogue) {
    insert(database, 'products', {
      name: product.name,
      name_zh: product.nameZh,
      words: product.words.join('|'),
      price_cents: product.priceCents,
      stock: product.stock,
      back_on: product.backInDays === undefined ? null : dayAfter(now, product.backInDays),
    });
    for (const [variant, { words, stock }] of Object.entries(product.variants ?? {})) {
      insert(database, 'variants', { product: product.name, variant, words: words.join('|'), stock });
    }
  }
}

function seedOrder(database: Database.Database, order: SampleOrder, index: number, now: number): void {
  const { email, state, placedDaysAgo, days } = order;
  const customer = database.prepare('SELECT id FROM customers WHERE email = ?').pluck().get(email) as number;
  const shipTo = sampleCustomers.find((one) => one.email === email)?.address ?? '';
  insert(database, 'orders', {
    id: order.id,
    customer,
    state,
    placed_on: dayAfter(now, -placedDaysAgo),
    ship_to: shipTo,
  });
  for (const [product, quantity] of Object.entries(order.items)) {
    const price = catalogue.find((one) => one.name === product)?.priceCents ?? 0;
    insert(database, 'order_items', { order_id: order.id, product, quantity, price_cents: price });
  }
  if (state === 'cancelled') return;
  const arrived = state === 'delivered' || state === 'returned';
  insert(database, 'shipments', {
    order_id: order.id,
    carrier: /\p{Script=Han}/u.test(shipTo) ? '顺达快递' : 'Nordpost',
    tracking_number: `NP${String(7_204_518_300 + index * 7_919)}`,
    arrives_on: dayAfter(now, arrived ? -days : days),
    delivered_on: arrived ? dayAfter(now, -days) : null,
  });
}

function seedCoupons(database: Database.Database, now: number): void {
  for (const { code, email, valueCents, expiresInDays } of sampleCoupons) {
    const customer = database
      .prepare('SELECT id FROM customers WHERE email = ?')
      .pluck()
      .get(email ?? null);
    insert(database, 'coupons', {
      code,
      customer: (customer as number | undefined) ?? null,
      value_cents: valueCents,
      expires_on: dayAfter(now, expiresInDays),
    });
  }
}

function seedRefunds(database: Database.Database, now: number): void {
  const total = database
    .prepare('SELECT sum(quantity * price_cents) FROM order_items WHERE order_id = ?')
    .pluck();
  for (const { order, reason, state, paysInDays } of sampleRefunds) {
    insert(database, 'refunds', {
      key: `sample:${order}`,
      order_id: order,
      kind: reason === 'cancelled' ? 'cancellation' : 'refund',
      amount_cents: total.get(order) as number,
      reason,
      state,
      pays_on: dayAfter(now, paysInDays),
      at: now,
    });
  }
}

/** Adds a row; table and columns are this folder's own words, never what somebody typed. */
function insert(database: Database.Database, table: string, row: Row): void {
  const columns = Object.keys(row);
  database
    .prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
    )
    .run(row);
}
