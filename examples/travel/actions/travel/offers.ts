import type { ActionContext, Json, JsonObject } from 'usher-engine';
import type { Agency } from './agency.ts';
import { arrival } from './clock.ts';
import { areaName, categoryName, inChinese } from './words.ts';

export type Kind = 'flight' | 'hotel' | 'car' | 'excursion';

/**
 * One thing on offer, as flows keep it in a list: its columns are what people compare, narrow down and ask about.
 *
 * Every offer has `id`, `name` (in the conversation's language), `price` (money, for one person, night or day) and `kind`.
 */
export type Offer = JsonObject & {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly price: { readonly amount: number; readonly currency: string };
};

type Row = Readonly<Record<string, string | number>>;
type Context = Pick<ActionContext<Agency>, 'resources' | 'locale'>;

/** Flights of one day on one route, in the order of the day. */
export function flightOffers(origin: string, destination: string, context: Context): readonly Offer[] {
  const sql = 'SELECT * FROM flights WHERE origin = ? AND destination = ? ORDER BY departs';
  return rows(context, sql, origin, destination).map((row) => flightOffer(row, context));
}

/** What else is sold in a city, the cheapest first. */
export function cityOffers(
  kind: 'hotel' | 'car' | 'excursion',
  city: string,
  context: Context,
): readonly Offer[] {
  const sql = `SELECT * FROM ${kind}s WHERE city = ? ORDER BY price_cents`;
  return rows(context, sql, city).map((row) => offerOf(kind, row, context));
}

export function offerById(kind: Kind, id: string, context: Context): Offer | undefined {
  const [row] = rows(context, `SELECT * FROM ${kind}s WHERE id = ?`, id);
  return row && offerOf(kind, row, context);
}

function rows({ resources }: Context, sql: string, ...values: readonly string[]): readonly Row[] {
  return resources.database.prepare<unknown[], Row>(sql).all(...values);
}

function offerOf(kind: Kind, row: Row, context: Context): Offer {
  switch (kind) {
    case 'flight':
      return flightOffer(row, context);
    case 'hotel':
      return hotelOffer(row, context);
    case 'car':
      return carOffer(row, context);
    case 'excursion':
      return excursionOffer(row, context);
  }
}

function flightOffer(row: Row, context: Context): Offer {
  const chinese = inChinese(context.locale);
  const departs = String(row['departs']);
  const arrives = arrival(departs, Number(row['minutes']));
  const airline = String(chinese ? row['airline_zh'] : row['airline']);
  return {
    ...common('flight', row, `${departs} ${airline}`),
    departs,
    arrives: arrives.time,
    airline,
    duration: minutes(row),
    stops: Number(row['stops']),
    direct: row['stops'] === 0,
    stopover: row['stops'] !== 0,
    baggage: row['bag'] === 1,
    meal: row['meal'] === 1,
  };
}

function hotelOffer(row: Row, { locale }: Context): Offer {
  return {
    ...common('hotel', row, named(row, locale)),
    area: String(row['area']),
    area_name: areaName(String(row['area']), locale),
    address: String(row['address']),
    phone: String(row['phone']),
    stars: Number(row['stars']),
    breakfast: row['breakfast'] === 1,
    parking: row['parking'] === 1,
    pool: row['pool'] === 1,
    wifi: row['wifi'] === 1,
  };
}

function carOffer(row: Row, { locale }: Context): Offer {
  return {
    ...common('car', row, named(row, locale)),
    category: String(row['category']),
    category_name: categoryName(String(row['category']), locale),
    seats: Number(row['seats']),
    automatic: row['automatic'] === 1,
    manual: row['automatic'] === 0,
    electric: row['electric'] === 1,
  };
}

function excursionOffer(row: Row, { locale }: Context): Offer {
  return {
    ...common('excursion', row, named(row, locale)),
    theme: String(row['id']).replace(/.*-/, ''),
    departs: String(row['departs']),
    duration: minutes(row),
    address: String(row['meeting_point']),
    lunch: row['lunch'] === 1,
    guide: row['guide'] === 1,
  };
}

function common(kind: Kind, row: Row, name: string): Offer {
  const price = { amount: Number(row['price_cents']) / 100, currency: 'EUR' };
  return { id: String(row['id']), kind, name, price };
}

function named(row: Row, locale: string): string {
  return String(inChinese(locale) ? row['name_zh'] : row['name']);
}

function minutes(row: Row): Json {
  return { seconds: Number(row['minutes']) * 60 };
}
