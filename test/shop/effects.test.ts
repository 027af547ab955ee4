import { describe, expect, test } from 'vitest';
import type { ActionImplementation, Json, JsonObject } from 'usher-engine';
import { request_erasure, update_phone } from '../../actions/account.ts';
import { check_coupon, credit_coupon } from '../../actions/coupons.ts';
import { open_trace, redirect_order, reschedule_parcel } from '../../actions/delivery.ts';
import { issue_invoice } from '../../actions/invoice.ts';
import { add_restock_alert } from '../../actions/products.ts';
import { issue_refund, withdraw_order } from '../../actions/refund.ts';
import {
  check_exchange,
  open_exchange,
  open_return,
  send_missing_part,
  send_replacement,
} from '../../actions/returns.ts';
import type { Shop } from '../../actions/shop/shop.ts';
import { find_ticket, open_ticket } from '../../actions/tickets.ts';
import { contextOf, openTestShop, signedInAs } from './open-test-shop.ts';

interface Case {
  readonly name: string;
  readonly action: ActionImplementation<never, Shop>;
  readonly input: JsonObject;
  /** A query whose one value says how often it took place. */
  readonly count: string;
}

function effect<Input extends Readonly<Record<string, Json>>>(
  name: string,
  action: ActionImplementation<Input, Shop>,
  input: Input,
  count: string,
): Case {
  return { name, action: action, input, count };
}

const refund = { order_id: 'AB123456', reason: 'damaged' };
const returned = {
  order_id: 'AB123456',
  item: 'Alder Tent',
  reason: 'late',
  return_method: 'qr_code',
};
const complaint = { complaint: 'The courier was rude.', email: 'mia@example.com' };

/** Every effect of the shop, each as Mia Larsen may have it. */
const effects: readonly Case[] = [
  effect('issue_refund', issue_refund, refund, "SELECT count(*) FROM refunds WHERE order_id = 'AB123456'"),
  effect(
    'withdraw_order',
    withdraw_order,
    { order_id: 'MX771204' },
    "SELECT count(*) FROM refunds WHERE kind = 'cancellation' AND order_id = 'MX771204'",
  ),
  effect('open_return', open_return, returned, 'SELECT count(*) FROM returns'),
  effect(
    'open_exchange',
    open_exchange,
    { order_id: 'AB123456', item: 'Alder Tent', wanted_item: 'Larch Tent' },
    'SELECT count(*) FROM returns',
  ),
  effect(
    'send_replacement',
    send_replacement,
    { order_id: 'AB123456', item: 'Birch Kettle' },
    "SELECT 18 - stock FROM products WHERE name = 'Birch Kettle'",
  ),
  effect(
    'send_missing_part',
    send_missing_part,
    { order_id: 'AB123456', missing_part: 'pegs' },
    "SELECT count(*) FROM tickets WHERE kind = 'missing_part'",
  ),
  effect(
    'redirect_order',
    redirect_order,
    { order_id: 'MX771204', new_address: '1 New Street, Odense' },
    'SELECT count(*) FROM order_changes',
  ),
  effect(
    'reschedule_parcel',
    reschedule_parcel,
    { order_id: 'KD204518', delivery_date: '2026-11-28' },
    'SELECT count(*) FROM order_changes',
  ),
  effect(
    'open_trace',
    open_trace,
    { order_id: 'AB123456' },
    "SELECT count(*) FROM tickets WHERE kind = 'trace'",
  ),
  effect(
    'credit_coupon',
    credit_coupon,
    { coupon_code: 'LARK-7K2P9' },
    "SELECT (credit_cents - 1500) / 2000 FROM customers WHERE email = 'mia@example.com'",
  ),
  effect(
    'issue_invoice',
    issue_invoice,
    { order_id: 'AB123456', invoice_name: 'Oak Ltd' },
    'SELECT count(*) FROM invoices',
  ),
  effect(
    'add_restock_alert',
    add_restock_alert,
    { product_name: 'Drift Hammock', email: 'mia@example.com' },
    'SELECT count(*) FROM restock_alerts',
  ),
  effect(
    'open_ticket',
    open_ticket,
    complaint,
    "SELECT count(*) FROM tickets WHERE body = 'The courier was rude.'",
  ),
  effect('update_phone', update_phone, { phone: '+4512345678' }, 'SELECT count(*) FROM contact_changes'),
  effect(
    'request_erasure',
    request_erasure,
    { erasure: 'marketing' },
    "SELECT count(*) FROM tickets WHERE kind = 'erasure'",
  ),
];

describe.each(effects)('$name', ({ name, action, input, count }) => {
  test('the same call twice takes place once, with the same result', async () => {
    using shop = openTestShop();
    const context = contextOf(shop.shop, { user: signedInAs(shop.shop, 'mia@example.com') });
    const first = await action.run(input as never, context);
    const second = await action.run(input as never, context);
    expect(first?.set).toMatchObject({ result: 'done' });
    expect(second).toEqual(first);
    expect(shop.column(count)).toEqual([1]);
  });

  test('a call whose end nobody saw is known by its key, one that never took place is not', async () => {
    using shop = openTestShop();
    const context = contextOf(shop.shop, { user: signedInAs(shop.shop, 'mia@example.com') });
    expect(await action.lookup?.('key-1', context)).toBeUndefined();
    const result = await action.run(input as never, context);
    expect(await action.lookup?.('key-1', context)).toEqual(result);
  });

  test('asking again in another conversation does not do it again', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'mia@example.com');
    await action.run(input as never, contextOf(shop.shop, { user, key: 'key-1' }));
    await action.run(input as never, contextOf(shop.shop, { user, key: 'key-2' }));
    // A phone number may be set as often as one likes; it is the same number.
    expect(shop.column(count)).toEqual([name === 'update_phone' ? 2 : 1]);
  });
});

describe.each(effects.filter(({ input }) => 'order_id' in input))('$name', ({ action, input, count }) => {
  test('another customer cannot have it', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'wei.zhang@example.com');
    const result = await action.run(input as never, contextOf(shop.shop, { user }));
    expect(result?.set).toMatchObject({ result: 'refused' });
    expect(shop.column(count)).toEqual([0]);
  });

  test('nobody can have it without signing in', async () => {
    using shop = openTestShop();
    const run = async (): Promise<unknown> => action.run(input as never, contextOf(shop.shop));
    await expect(run()).rejects.toThrow('Nobody is signed in');
    expect(shop.column(count)).toEqual([0]);
  });
});

describe('the rules of the shop', () => {
  test.each([
    ['delivered within 30 days', 'AB123456', 'mia@example.com', 'done'],
    ['delivered long ago', 'RW118236', 'tom.becker@example.com', 'refused'],
    ['still on its way', 'KD204518', 'mia@example.com', 'refused'],
    ['returned and refunded already', 'BV402913', 'emma.wilson@example.com', 'already'],
  ])('a refund of an order %s is %4$s', async (_, order_id, email, result) => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, email);
    const set = await shop.run(issue_refund, { order_id, reason: 'late' }, { user });
    expect(set).toEqual({ result });
  });

  test('an order that was sent is not cancelled', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'mia@example.com');
    expect(await shop.run(withdraw_order, { order_id: 'KD204518' }, { user })).toEqual({ result: 'refused' });
    expect(shop.column("SELECT state FROM orders WHERE id = 'KD204518'")).toEqual(['shipped']);
  });

  test('a coupon of another customer looks as if it did not exist', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'tom.becker@example.com');
    const set = await shop.run(check_coupon, { coupon_code: 'lark-7k2p9' }, { user });
    expect(set).toEqual({ coupon_state: 'unknown', coupon_code: 'LARK-7K2P9' });
  });

  test('a replacement that is sold out is refused, and leaves no ticket', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'fang.wang@example.com');
    const input = { order_id: 'WF310245', item: 'Juniper Wool Blanket' };
    expect(await shop.run(send_replacement, input, { user })).toEqual({ result: 'refused' });
    expect(shop.column("SELECT count(*) FROM tickets WHERE kind = 'replacement'")).toEqual([0]);
  });

  test.each([
    ['an L', true, 'Rook Rain Jacket (L)'],
    ['medium please', false, 'Rook Rain Jacket (M)'],
    ['the Fjord Backpack', true, 'Fjord Backpack'],
    ['a hammock', false, 'Drift Hammock'],
    ['a canoe', false, 'a canoe'],
  ])('swapping the jacket for %s: in stock is %s', async (wanted_item, wanted_in_stock, name) => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'noor@example.com');
    const input = { order_id: 'PL330987', item: 'Rook Rain Jacket', wanted_item };
    expect(await shop.run(check_exchange, input, { user })).toMatchObject({
      wanted_in_stock,
      wanted_item: name,
    });
  });

  test('an account is not deleted while an order is under way', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'mia@example.com');
    const set = await shop.run(request_erasure, { erasure: 'everything' }, { user });
    expect(set).toEqual({ result: 'refused' });
  });

  test('a ticket is shown to the address that it answers to only', async () => {
    using shop = openTestShop();
    const mine = { user: signedInAs(shop.shop, 'mia@example.com') };
    const theirs = { user: signedInAs(shop.shop, 'tom.becker@example.com') };
    expect(await shop.run(find_ticket, { ticket_id: 't-10482' }, mine)).toMatchObject({
      ticket_state: 'open',
    });
    expect(await shop.run(find_ticket, { ticket_id: 'T-10482' }, theirs)).toMatchObject({
      ticket_state: 'unknown',
    });
  });
});
