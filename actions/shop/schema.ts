/** The version of the tables below; a database of another version is refused, `usher reset` makes a new one. */
export const SCHEMA_VERSION = 1;

/**
 * The shop's tables. Money is in euro cents, times are epoch milliseconds, days are `YYYY-MM-DD`.
 *
 * Every table that an effect writes to holds the effect's idempotency `key`, UNIQUE: the same call made twice, before
 * or after a crash, can leave one row only.
 */
export const SCHEMA = `
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  phone TEXT,
  credit_cents INTEGER NOT NULL DEFAULT 0,
  marketing INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE products (
  name TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  words TEXT NOT NULL,
  price_cents INTEGER NOT NULL,
  stock INTEGER NOT NULL,
  back_on TEXT
);
CREATE TABLE variants (
  product TEXT NOT NULL REFERENCES products(name),
  variant TEXT NOT NULL,
  words TEXT NOT NULL,
  stock INTEGER NOT NULL,
  PRIMARY KEY (product, variant)
);
CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  customer INTEGER NOT NULL REFERENCES customers(id),
  state TEXT NOT NULL CHECK (state IN ('processing', 'shipped', 'delivered', 'cancelled', 'returned')),
  placed_on TEXT NOT NULL,
  ship_to TEXT NOT NULL
);
CREATE INDEX orders_by_customer ON orders(customer, placed_on);
CREATE TABLE order_items (
  order_id TEXT NOT NULL REFERENCES orders(id),
  product TEXT NOT NULL REFERENCES products(name),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  price_cents INTEGER NOT NULL,
  PRIMARY KEY (order_id, product)
);
CREATE TABLE shipments (
  order_id TEXT PRIMARY KEY REFERENCES orders(id),
  carrier TEXT NOT NULL,
  tracking_number TEXT NOT NULL UNIQUE,
  arrives_on TEXT NOT NULL,
  delivered_on TEXT
);
CREATE TABLE coupons (
  code TEXT PRIMARY KEY COLLATE NOCASE,
  customer INTEGER REFERENCES customers(id),
  value_cents INTEGER NOT NULL,
  expires_on TEXT NOT NULL
);
CREATE TABLE coupon_redemptions (
  key TEXT NOT NULL UNIQUE,
  coupon TEXT NOT NULL UNIQUE COLLATE NOCASE REFERENCES coupons(code),
  customer INTEGER NOT NULL REFERENCES customers(id),
  credit_after_cents INTEGER NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE refunds (
  key TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL UNIQUE REFERENCES orders(id),
  kind TEXT NOT NULL CHECK (kind IN ('refund', 'cancellation')),
  amount_cents INTEGER NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('requested', 'paid')),
  pays_on TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE returns (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL REFERENCES orders(id),
  product TEXT NOT NULL REFERENCES products(name),
  reason TEXT NOT NULL,
  method TEXT NOT NULL,
  -- What is sent instead, for an exchange.
  wanted TEXT,
  hand_in_by TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (order_id, product)
);
CREATE TABLE tickets (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('complaint', 'trace', 'replacement', 'missing_part', 'erasure')),
  email TEXT NOT NULL COLLATE NOCASE,
  -- What it is about, such as an order or a part of one: one open ticket each.
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
  note TEXT NOT NULL,
  note_zh TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX tickets_by_subject ON tickets(kind, email, subject);
CREATE TABLE invoices (
  number TEXT PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL REFERENCES orders(id),
  name TEXT NOT NULL,
  amount_cents INTEGER NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (order_id, name)
);
CREATE TABLE order_changes (
  key TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL REFERENCES orders(id),
  kind TEXT NOT NULL CHECK (kind IN ('address', 'delivery_date')),
  value TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE contact_changes (
  key TEXT NOT NULL UNIQUE,
  customer INTEGER NOT NULL REFERENCES customers(id),
  phone TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE TABLE restock_alerts (
  key TEXT NOT NULL UNIQUE,
  product TEXT NOT NULL REFERENCES products(name),
  email TEXT NOT NULL COLLATE NOCASE,
  at INTEGER NOT NULL,
  UNIQUE (product, email)
);
-- Guesses that failed: at orders, sign-ins and coupon codes.
CREATE TABLE failed_tries (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX failed_tries_by_subject ON failed_tries(kind, subject, at);
`;
