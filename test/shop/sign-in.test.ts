import { describe, expect, test } from 'vitest';
import { find_order } from '../../actions/orders.ts';
import { verify_customer } from '../../actions/sign-in.ts';
import { now, openTestShop, signedInAs } from './open-test-shop.ts';

const hour = 3_600_000;

describe('signing in to the shop', () => {
  test.each([
    ['AB123456', 'mia@example.com'],
    ['ab 123456', ' Mia@Example.com'],
    ['gf-731150', 'wei.zhang@example.com'],
  ])('the number %s and the address %s that placed it open the account', async (order_id, email) => {
    using shop = openTestShop();
    expect(await shop.run(verify_customer, { order_id, email })).toMatchObject({ sign_in_result: 'ok' });
  });

  test('a right number with a wrong address looks like a number that does not exist', async () => {
    using shop = openTestShop();
    const wrongAddress = await shop.run(verify_customer, { order_id: 'AB123456', email: 'x@example.com' });
    const noSuchOrder = await shop.run(verify_customer, { order_id: 'ZZ000000', email: 'y@example.com' });
    expect(wrongAddress).toEqual({ sign_in_result: 'wrong' });
    expect(noSuchOrder).toEqual(wrongAddress);
  });

  test.each([
    [
      'conversation',
      (index: number) => ({ order_id: `ZZ00000${index}`, email: `x${index}@example.com` }),
      {},
    ],
    ['order', (index: number) => ({ order_id: 'AB123456', email: `x${index}@example.com` }), 'other'],
    ['address', (index: number) => ({ order_id: `ZZ00000${index}`, email: 'mia@example.com' }), 'other'],
  ] as const)('the fourth wrong try for one %s locks it for an hour', async (_, guess, from) => {
    using shop = openTestShop();
    const right = { order_id: 'AB123456', email: 'mia@example.com' };
    const results: unknown[] = [];
    for (const index of [1, 2, 3, 4]) {
      const conversation = from === 'other' ? `test:${index}` : 'test:1';
      const set = await shop.run(verify_customer, guess(index), { conversation });
      results.push(set?.['sign_in_result']);
    }
    expect(results).toEqual(['wrong', 'wrong', 'wrong', 'locked']);
    const conversation = from === 'other' ? 'test:9' : 'test:1';
    const locked = await shop.run(verify_customer, right, { conversation });
    expect(locked).toEqual({ sign_in_result: 'locked' });
    const later = await shop.run(verify_customer, right, { conversation, now: now + hour + 1 });
    expect(later).toMatchObject({ sign_in_result: 'ok' });
  });
});

describe('looking up an order', () => {
  test('nobody who is not signed in sees one', async () => {
    using shop = openTestShop();
    await expect(shop.run(find_order, { order_id: 'AB123456' })).rejects.toThrow('Nobody is signed in');
  });

  test('an order of somebody else looks as if it did not exist', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'mia@example.com');
    const theirs = await shop.run(find_order, { order_id: 'GF731150' }, { user });
    const nobodys = await shop.run(find_order, { order_id: 'ZZ999999' }, { user });
    expect(theirs).toEqual({ lookup: 'unknown', order_id: 'GF731150' });
    expect(nobodys).toEqual({ lookup: 'unknown', order_id: 'ZZ999999' });
  });

  test('the sixth number that is not theirs ends the looking up', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'mia@example.com');
    const lookups: unknown[] = [];
    for (const digit of [1, 2, 3, 4, 5, 6]) {
      const set = await shop.run(find_order, { order_id: `ZZ00000${digit}` }, { user });
      lookups.push(set?.['lookup']);
    }
    expect(lookups).toEqual(['unknown', 'unknown', 'unknown', 'unknown', 'unknown', 'too_many']);
    expect(await shop.run(find_order, { order_id: 'AB123456' }, { user })).toEqual({ lookup: 'too_many' });
  });

  test('an order is described in the language of the conversation', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'wei.zhang@example.com');
    const set = await shop.run(find_order, { order_id: 'GF731150' }, { user, locale: 'zh' });
    expect(set).toMatchObject({
      lookup: 'found',
      order_state: 'delivered',
      order_summary: '三叶草台灯×1、蓟花花瓶×2',
      amount: { amount: 120, currency: 'EUR' },
      returnable: true,
      delivered_on: '2026-11-19',
      item: null,
    });
  });

  test('the only item of an order is the one that is meant', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'noor@example.com');
    expect(await shop.run(find_order, { order_id: 'PL330987' }, { user })).toMatchObject({
      item: 'Rook Rain Jacket',
    });
  });

  test('an item named in the customer’s own words is found in the order', async () => {
    using shop = openTestShop();
    const user = signedInAs(shop.shop, 'mia@example.com');
    const context = { user, slots: { item: 'tent' } };
    expect(await shop.run(find_order, { order_id: 'AB123456' }, context)).toMatchObject({
      item: 'Alder Tent',
    });
  });
});
