import { defineAction } from 'usher-engine';
import { already, defineShopEffect, done, refused } from './shop/define-shop-effect.ts';
import { euros } from './shop/money.ts';
import { productName, productsCalled } from './shop/products.ts';
import type { Shop } from './shop/shop.ts';

/** From so many on, there is no need to hurry. */
const FEW = 5;

/** Finds what the customer's words mean in the catalogue, with its price and stock. */
export const find_product = defineAction<{ product: string }, Shop>(({ product }, { resources, locale }) => {
  const found = productsCalled(resources, product);
  const [first, ...others] = found;
  if (first === undefined) return { set: { product_state: 'unknown' } };
  if (others.length > 0) {
    const options = found.map((row) => ({
      id: row.name,
      name: productName(row, locale),
      price: row.priceCents / 100,
    }));
    return { set: { product_state: 'several', product_options: options } };
  }
  const { stock, priceCents, backOn } = first;
  return {
    set: {
      product_state: stock === 0 ? 'sold_out' : stock < FEW ? 'few' : 'in_stock',
      product_name: productName(first, locale),
      price: euros(priceCents),
      stock,
      back_on: backOn,
    },
  };
});

/** Notes an address for the one e-mail that says a product is back. */
export const add_restock_alert = defineShopEffect<{ product_name: string; email: string }>({
  find: (key, { resources }) => {
    const row = resources.database.prepare('SELECT 1 FROM restock_alerts WHERE key = ?').get(key);
    return row === undefined ? undefined : { set: done };
  },
  perform: ({ product_name, email }, { key, now, resources }) => {
    const [product] = productsCalled(resources, product_name);
    if (product === undefined) return { set: refused };
    const { changes } = resources.database
      .prepare(
        'INSERT INTO restock_alerts (key, product, email, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(key, product.name, email.trim().toLowerCase(), now);
    return { set: changes > 0 ? done : already };
  },
});
