import type { ActionContext } from 'usher-engine';
import type { Shop } from './shop.ts';

/** Somebody whose order number and address went together. */
export interface Customer {
  readonly id: number;
  readonly name: string;
  readonly email: string;
}

/**
 * The customer whose data the action may touch. The flows ask for a sign-in first; this does not rely on it.
 *
 * @throws Error when nobody is signed in, or the account is gone.
 */
export function signedInCustomer({ user, resources }: ActionContext<Shop>): Customer {
  const id = user['signed_in'] === true ? user['customer_id'] : undefined;
  const customer =
    typeof id === 'number'
      ? resources.database
          .prepare<unknown[], Customer>('SELECT id, name, email FROM customers WHERE id = ?')
          .get(id)
      : undefined;
  if (customer === undefined) throw new Error('Nobody is signed in, so no order may be read or changed.');
  return customer;
}
