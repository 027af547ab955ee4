import { defineAction } from 'usher-engine';
import type { ActionContext } from 'usher-engine';
import { dayAfter } from './shop/day.ts';
import { already, defineShopEffect, done, refused } from './shop/define-shop-effect.ts';
import { hasTooManyFailures, recordFailure } from './shop/failed-tries.ts';
import { euros } from './shop/money.ts';
import { isChinese } from './shop/orders.ts';
import type { Shop } from './shop/shop.ts';
import { signedInCustomer } from './shop/signed-in-customer.ts';

/** Codes that do not exist which a customer may try within an hour. */
const COUPON_LIMIT = 5;

interface CouponRow {
  readonly code: string;
  readonly valueCents: number;
  readonly expiresOn: string;
  readonly used: 0 | 1;
}

const COUPON = `
  SELECT code, value_cents AS valueCents, expires_on AS expiresOn,
    EXISTS (SELECT 1 FROM coupon_redemptions r WHERE r.coupon = c.code) AS used
  FROM coupons c`;

/** The signed-in customer's store credit and open coupons. */
export const fetch_coupons = defineAction<Record<string, never>, Shop>((_, context) => {
  const { id } = signedInCustomer(context);
  const coupons = context.resources.database
    .prepare<unknown[], CouponRow>(
      `${COUPON} WHERE c.customer = ? AND c.expires_on >= ? ORDER BY c.expires_on`,
    )
    .all(id, dayAfter(context.now, 0))
    .filter(({ used }) => used === 0);
  const lines = coupons.map(({ code, valueCents, expiresOn }) => {
    const value = `€${(valueCents / 100).toFixed(2)}`;
    return isChinese(context.locale)
      ? `${code}：${value}，有效期至 ${expiresOn}`
      : `${code}: ${value}, until ${expiresOn}`;
  });
  const credit = euros(creditOf(context, id));
  return { set: { coupon_count: coupons.length, coupons_text: lines.join('\n'), credit } };
});

/** Whether a code can be redeemed by the signed-in customer, and what it is worth. */
export const check_coupon = defineAction<{ coupon_code: string }, Shop>(({ coupon_code }, context) => {
  const { conversation, now, resources } = context;
  const subjects = [conversation, signedInCustomer(context).email];
  const limits = { now, limit: COUPON_LIMIT };
  if (hasTooManyFailures(resources, 'coupon', subjects, limits)) return { set: { coupon_state: 'too_many' } };
  const code = coupon_code.trim().toUpperCase();
  const coupon = redeemableBy(context, code);
  if (coupon === undefined) {
    recordFailure(resources, 'coupon', subjects, now);
    return { set: { coupon_state: 'unknown', coupon_code: code } };
  }
  const expired = coupon.expiresOn < dayAfter(now, 0);
  const state = coupon.used === 1 ? 'used' : expired ? 'expired' : 'valid';
  return { set: { coupon_state: state, coupon_code: code, coupon_value: euros(coupon.valueCents) } };
});

/** Turns a coupon into store credit, once. */
export const credit_coupon = defineShopEffect<{ coupon_code: string }>({
  find: (key, { resources }) => {
    const cents = resources.database
      .prepare<unknown[], number>('SELECT credit_after_cents FROM coupon_redemptions WHERE key = ?')
      .pluck()
      .get(key);
    return cents === undefined ? undefined : { set: { ...done, credit: euros(cents) } };
  },
  perform: ({ coupon_code }, context) => {
    const { key, now, resources } = context;
    const { id } = signedInCustomer(context);
    const coupon = redeemableBy(context, coupon_code);
    if (coupon === undefined || coupon.expiresOn < dayAfter(now, 0)) return { set: refused };
    if (coupon.used === 1) return { set: already };
    const { database } = resources;
    database
      .prepare('UPDATE customers SET credit_cents = credit_cents + ? WHERE id = ?')
      .run(coupon.valueCents, id);
    const credit = creditOf(context, id);
    database
      .prepare(
        'INSERT INTO coupon_redemptions (key, coupon, customer, credit_after_cents, at) VALUES (?, ?, ?, ?, ?)',
      )
      .run(key, coupon.code, id, credit, now);
    return { set: { ...done, credit: euros(credit) } };
  },
});

/** A coupon of the customer's own, or of nobody's; another customer's looks as if it did not exist. */
function redeemableBy(context: ActionContext<Shop>, code: string): CouponRow | undefined {
  return context.resources.database
    .prepare<unknown[], CouponRow>(`${COUPON} WHERE c.code = ? AND (c.customer IS NULL OR c.customer = ?)`)
    .get(code, signedInCustomer(context).id);
}

function creditOf({ resources }: ActionContext<Shop>, customer: number): number {
  const cents = resources.database
    .prepare<unknown[], number>('SELECT credit_cents FROM customers WHERE id = ?')
    .pluck()
    .get(customer);
  return cents ?? 0;
}
