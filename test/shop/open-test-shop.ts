import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionContext, ActionImplementation, ActionResult, Json, JsonObject } from 'usher-engine';
import { openShop } from '../../actions/shop/shop.ts';
import type { Shop } from '../../actions/shop/shop.ts';
import { silentLogger } from '../../src/logger.ts';

export const now = Date.parse('2026-11-22T10:00:00Z');

/** A fresh shop in a folder of its own, and a customer's way to its actions. */
export interface TestShop extends Disposable {
  readonly shop: Shop;
  /** The first column of a query's rows. */
  column(sql: string): readonly unknown[];
  run<Input extends Readonly<Record<string, Json>>>(
    action: ActionImplementation<Input, Shop>,
    input: Input,
    context?: Partial<ActionContext<Shop>>,
  ): Promise<ActionResult['set']>;
}

export function openTestShop(): TestShop {
  const folder = mkdtempSync(join(tmpdir(), 'usher-shop-'));
  const shop = openShop(folder, now);
  return {
    shop,
    column: (sql) => shop.database.prepare(sql).pluck().all(),
    run: async (action, input, context) => (await action.run(input, contextOf(shop, context)))?.set,
    [Symbol.dispose]: () => {
      shop.database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The user facts that a sign-in of this address leaves. */
export function signedInAs({ database }: Shop, email: string): JsonObject {
  const id = database.prepare('SELECT id FROM customers WHERE email = ?').pluck().get(email) as number;
  return { signed_in: true, customer_id: id, customer_name: email, email };
}

export function contextOf(shop: Shop, changes: Partial<ActionContext<Shop>> = {}): ActionContext<Shop> {
  return {
    resources: shop,
    conversation: 'test:1',
    locale: 'en',
    slots: {},
    user: {},
    now,
    logger: silentLogger,
    signal: new AbortController().signal,
    key: 'key-1',
    metadata: {},
    ...changes,
  };
}
