import { isChinese } from './orders.ts';
import type { OrderItem } from './orders.ts';
import type { Shop } from './shop.ts';

export interface ProductRow {
  readonly name: string;
  readonly nameZh: string;
  readonly words: string;
  readonly priceCents: number;
  readonly stock: number;
  readonly backOn: string | null;
}

const PRODUCT =
  'SELECT name, name_zh AS nameZh, words, price_cents AS priceCents, stock, back_on AS backOn FROM products';

/**
 * The products that a customer's words may mean: the one of that name, else those that are called so, else those
 * whose name or other words occur in what was said.
 */
export function productsCalled({ database }: Shop, said: string): readonly ProductRow[] {
  const all = database.prepare<unknown[], ProductRow>(`${PRODUCT} ORDER BY name`).all();
  return bestMatches(said, all, ({ name, nameZh, words }) => [name, nameZh, ...words.split('|')]);
}

/** The one item of an order that the customer's words mean. */
export function itemCalled(shop: Shop, items: readonly OrderItem[], said: string): OrderItem | undefined {
  const exact = items.find(({ product, productZh }) => same(product, said) || same(productZh, said));
  if (exact) return exact;
  const meant = new Set(productsCalled(shop, said).map(({ name }) => name));
  const candidates = items.filter(({ product }) => meant.has(product));
  return candidates.length === 1 ? candidates[0] : undefined;
}

export interface VariantRow {
  readonly variant: string;
  readonly words: string;
  readonly stock: number;
}

/** The size or colour of a product that the customer's words mean. */
export function variantCalled({ database }: Shop, product: string, said: string): VariantRow | undefined {
  const all = database
    .prepare<unknown[], VariantRow>(
      'SELECT variant, words, stock FROM variants WHERE product = ? ORDER BY rowid',
    )
    .all(product);
  return bestMatches(said, all, ({ variant, words }) => [variant, ...words.split('|')])[0];
}

export function productName({ name, nameZh }: Pick<ProductRow, 'name' | 'nameZh'>, locale: string): string {
  return isChinese(locale) ? nameZh : name;
}

/** Those that are called exactly so; else those with the longest name that occurs in it. */
function bestMatches<Thing>(
  said: string,
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly string[],
): readonly Thing[] {
  const scored = things.map((thing) => ({ thing, score: matchScore(said, namesOf(thing)) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ thing }) => thing);
}

function matchScore(said: string, names: readonly string[]): number {
  if (names.some((name) => same(name, said))) return Infinity;
  const text = said.trim().toLowerCase();
  return Math.max(0, ...names.filter((name) => occurs(name.toLowerCase(), text)).map((name) => name.length));
}

/** Whole words in scripts with spaces, anywhere in those without. */
function occurs(name: string, text: string): boolean {
  if (/\p{Script=Han}/u.test(name)) return text.includes(name);
  return ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${name} `);
}

function same(left: string, right: string): boolean {
  return left.trim().toLowerCase() === right.trim().toLowerCase();
}
