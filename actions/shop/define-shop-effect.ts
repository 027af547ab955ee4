import { defineAction } from 'usher-engine';
import type { ActionContext, ActionImplementation, ActionResult, Json } from 'usher-engine';
import type { Shop } from './shop.ts';

interface ShopEffect<Input> {
  /** What the call with this key did, read from the row that it left; `undefined` when there is none. */
  readonly find: (key: string, context: ActionContext<Shop>) => ActionResult | undefined;
  /** Writes the row that holds the key, and all that goes with it; or says why it must not. */
  readonly perform: (input: Input, context: ActionContext<Shop>) => ActionResult;
}

/**
 * Declares something that changes the shop. It happens once: the row with its key and the change are one
 * transaction, and a key that is there already is answered with what it did.
 */
export function defineShopEffect<Input extends Readonly<Record<string, Json>>>({
  find,
  perform,
}: ShopEffect<Input>): ActionImplementation<Input, Shop> {
  return defineAction<Input, Shop>({
    run: (input, context) =>
      context.resources.database
        .transaction(() => find(context.key, context) ?? perform(input, context))
        .immediate(),
    lookup: find,
  });
}

/** The results that the flows branch on. */
export const done = { result: 'done' } as const;
export const already = { result: 'already' } as const;
export const refused = { result: 'refused' } as const;
