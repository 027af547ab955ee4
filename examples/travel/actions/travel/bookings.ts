import { createHash } from 'node:crypto';
import type { ActionContext } from 'usher-engine';
import type { Agency } from './agency.ts';
import { nightsBetween } from './clock.ts';
import { offerById, type Kind, type Offer } from './offers.ts';
import { dayName, euros, kindName } from './words.ts';

export interface Booking {
  readonly reference: string;
  readonly kind: Kind;
  readonly offer: string;
  readonly firstDay: string;
  readonly lastDay: string | null;
  readonly people: number;
  readonly priceCents: number;
  readonly state: 'booked' | 'cancelled';
}

type Context = Pick<ActionContext<Agency>, 'resources' | 'locale' | 'conversation'>;

const COLUMNS = `reference, kind, offer, first_day AS firstDay, last_day AS lastDay, people,
  price_cents AS priceCents, state`;

export function bookingByReference({ resources }: Context, reference: string): Booking | undefined {
  return resources.database
    .prepare<unknown[], Booking>(`SELECT ${COLUMNS} FROM bookings WHERE reference = ?`)
    .get(reference.trim());
}

export function bookingByKey({ resources }: Context, key: string): Booking | undefined {
  return resources.database
    .prepare<unknown[], Booking>(`SELECT ${COLUMNS} FROM bookings WHERE key = ?`)
    .get(key);
}

/** What was booked in this conversation and stands, in the order it was booked. */
export function standingBookings({ resources, conversation }: Context): readonly Booking[] {
  const sql = `SELECT ${COLUMNS} FROM bookings WHERE conversation = ? AND state = 'booked' ORDER BY rowid`;
  return resources.database.prepare<unknown[], Booking>(sql).all(conversation);
}

/** Six letters and digits that nobody guesses: whoever has a reference may change its booking. */
export function referenceFor(key: string): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const bytes = createHash('sha256').update(key).digest();
  const letters = Array.from(bytes.subarray(0, 6), (byte) => alphabet[byte % alphabet.length]);
  // One digit at least, so that a reference is never a word.
  return [...letters.slice(0, 5), String(((bytes[6] ?? 0) % 8) + 2)].join('');
}

/**
 * What an offer costs in all, in cents: a flight for each person and way, a hotel for each night and two people, a car
 * for each day begun, an excursion for each person.
 */
export function priceOf(offer: Offer, people: number, firstDay: string, lastDay: string | null): number {
  const cents = Math.round(offer.price.amount * 100);
  switch (offer.kind) {
    case 'flight':
      return cents * people * (lastDay === null ? 1 : 2);
    case 'hotel':
      return cents * Math.ceil(people / 2) * nightsBetween(firstDay, lastDay ?? firstDay);
    case 'car':
      return cents * (nightsBetween(firstDay, lastDay ?? firstDay) + 1);
    case 'excursion':
      return cents * people;
  }
}

/** A booking in one line. */
export function bookingLine(booking: Booking, context: Context): string {
  const { locale } = context;
  const offer = offerById(booking.kind, booking.offer, context);
  const days = [booking.firstDay, booking.lastDay].flatMap((day) =>
    day === null ? [] : [dayName(day, locale)],
  );
  const what = `${kindName(booking.kind, locale)} ${placeOf(booking, context)} ${offer?.name ?? ''}`;
  return `${booking.reference}: ${what}, ${days.join(' – ')}, ${euros(booking.priceCents / 100, locale)}`;
}

/** `London → Paris` for a flight, the city for the rest. */
function placeOf({ kind, offer }: Booking, { resources, locale }: Context): string {
  const columns = kind === 'flight' ? 'origin, destination' : 'city';
  const row = resources.database
    .prepare<unknown[], Readonly<Record<string, string>>>(`SELECT ${columns} FROM ${kind}s WHERE id = ?`)
    .get(offer);
  return Object.values(row ?? {})
    .map((city) => cityName(resources, city, locale))
    .join(' → ');
}

/** A city as the conversation's language writes it. */
export function cityName({ database }: Agency, city: string, locale: string): string {
  if (!locale.startsWith('zh')) return city;
  const name = database.prepare('SELECT name_zh FROM cities WHERE name = ?').pluck().get(city);
  return typeof name === 'string' ? name : city;
}
