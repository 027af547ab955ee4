/** The version of the tables below; a database of another version is refused, `usher reset` makes a new one. */
export const SCHEMA_VERSION = 1;

/**
 * The agency's tables. Money is in euro cents, days are `YYYY-MM-DD`, times of day `HH:MM`, durations minutes.
 *
 * What is sold has no dates of its own: every flight goes daily, and every hotel, car and excursion is there every day.
 * Both tables that effects write to hold the effect's idempotency `key`, UNIQUE.
 */
export const SCHEMA = `
CREATE TABLE cities (
  name TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  latitude REAL NOT NULL,
  longitude REAL NOT NULL,
  price_level REAL NOT NULL
);
CREATE TABLE flights (
  id TEXT PRIMARY KEY,
  origin TEXT NOT NULL REFERENCES cities(name),
  destination TEXT NOT NULL REFERENCES cities(name),
  airline TEXT NOT NULL,
  airline_zh TEXT NOT NULL,
  departs TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  stops INTEGER NOT NULL,
  bag INTEGER NOT NULL,
  meal INTEGER NOT NULL,
  price_cents INTEGER NOT NULL
);
CREATE INDEX flights_by_route ON flights(origin, destination, departs);
CREATE TABLE hotels (
  id TEXT PRIMARY KEY,
  city TEXT NOT NULL REFERENCES cities(name),
  name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  area TEXT NOT NULL,
  address TEXT NOT NULL,
  phone TEXT NOT NULL,
  stars INTEGER NOT NULL,
  breakfast INTEGER NOT NULL,
  parking INTEGER NOT NULL,
  pool INTEGER NOT NULL,
  wifi INTEGER NOT NULL,
  price_cents INTEGER NOT NULL
);
CREATE TABLE cars (
  id TEXT PRIMARY KEY,
  city TEXT NOT NULL REFERENCES cities(name),
  name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  category TEXT NOT NULL,
  seats INTEGER NOT NULL,
  automatic INTEGER NOT NULL,
  electric INTEGER NOT NULL,
  price_cents INTEGER NOT NULL
);
CREATE TABLE excursions (
  id TEXT PRIMARY KEY,
  city TEXT NOT NULL REFERENCES cities(name),
  name TEXT NOT NULL,
  name_zh TEXT NOT NULL,
  departs TEXT NOT NULL,
  minutes INTEGER NOT NULL,
  meeting_point TEXT NOT NULL,
  lunch INTEGER NOT NULL,
  guide INTEGER NOT NULL,
  price_cents INTEGER NOT NULL
);
CREATE TABLE bookings (
  reference TEXT PRIMARY KEY COLLATE NOCASE,
  key TEXT NOT NULL UNIQUE,
  conversation TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('flight', 'hotel', 'car', 'excursion')),
  offer TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT,
  people INTEGER NOT NULL CHECK (people BETWEEN 1 AND 9),
  price_cents INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('booked', 'cancelled')),
  at INTEGER NOT NULL
);
CREATE INDEX bookings_by_conversation ON bookings(conversation, at);
CREATE TABLE booking_changes (
  key TEXT PRIMARY KEY,
  reference TEXT NOT NULL REFERENCES bookings(reference),
  what TEXT NOT NULL,
  at INTEGER NOT NULL
);
`;
