import { openShop } from './shop/shop.ts';
import type { Shop } from './shop/shop.ts';

/** Opens what the shop's actions share; the engine closes it when it stops. */
export function setup({ stateDir, now }: { readonly stateDir: string; readonly now: () => number }): Shop {
  return openShop(stateDir, now());
}
