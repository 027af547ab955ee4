import { defineAction } from 'usher-engine';
import { hasTooManyFailures, recordFailure } from './shop/failed-tries.ts';
import { normaliseOrderId } from './shop/orders.ts';
import type { Shop } from './shop/shop.ts';
import type { Customer } from './shop/signed-in-customer.ts';

/** Wrong tries within an hour, for each conversation, each order number and each address. */
const SIGN_IN_LIMIT = 4;

/** Compares an order number with the address it was placed with. Which of the two is wrong, it never says. */
export const verify_customer = defineAction<{ order_id: string; email: string }, Shop>(
  ({ order_id, email }, { conversation, resources, now }) => {
    const orderId = normaliseOrderId(order_id);
    const address = email.trim().toLowerCase();
    const subjects = [conversation, orderId, address];
    const limits = { now, limit: SIGN_IN_LIMIT };
    if (hasTooManyFailures(resources, 'sign_in', subjects, limits))
      return { set: { sign_in_result: 'locked' } };
    const customer = resources.database
      .prepare<unknown[], Customer>(
        `SELECT c.id, c.name, c.email FROM customers c JOIN orders o ON o.customer = c.id
         WHERE o.id = ? AND c.email = ?`,
      )
      .get(orderId, address);
    if (customer === undefined) {
      recordFailure(resources, 'sign_in', subjects, now);
      const locked = hasTooManyFailures(resources, 'sign_in', subjects, limits);
      return { set: { sign_in_result: locked ? 'locked' : 'wrong' } };
    }
    const user = {
      signed_in: true,
      customer_id: customer.id,
      customer_name: customer.name,
      email: customer.email,
    };
    return { set: { sign_in_result: 'ok', order_id: orderId }, user };
  },
);

export const forget_customer = defineAction<Record<string, never>, Shop>(() => ({
  user: { signed_in: false, customer_id: null, customer_name: null, email: null },
}));
