import { defineAction } from 'usher-engine';
import type { ActionContext, ActionImplementation, ActionResult } from 'usher-engine';
import type { Agency } from './travel/agency.ts';
import { bookingByKey, priceOf, referenceFor } from './travel/bookings.ts';
import { offerById, type Kind, type Offer } from './travel/offers.ts';

interface Quote {
  readonly [name: string]: string | number | null;
  readonly offer: string;
  readonly people: number;
  readonly first_day: string;
  readonly last_day: string | null;
}

/** What a chosen offer is called and costs in all. */
export const quote_flight = quote('flight');
export const quote_hotel = quote('hotel');
export const quote_car = quote('car');
export const quote_excursion = quote('excursion');

/** Books what was confirmed: once, whatever happens to the process in between. */
export const book_chosen_flight = book('flight');
export const book_chosen_hotel = book('hotel');
export const book_chosen_car = book('car');
export const book_chosen_excursion = book('excursion');

function quote(kind: Kind): ActionImplementation<Quote, Agency> {
  return defineAction<Quote, Agency>(({ offer: id, people, first_day, last_day }, context) => {
    const offer = offerOrThrow(kind, id, context);
    const amount = priceOf(offer, people, first_day, last_day) / 100;
    return { set: { offer_name: offer.name, total: { amount, currency: 'EUR' }, quoted: [offer] } };
  });
}

function book(kind: Kind): ActionImplementation<Quote, Agency> {
  return defineAction<Quote, Agency>({
    run: (input, context) =>
      context.resources.database
        .transaction(() => lookup(context.key, context) ?? insert(kind, input, context))
        .immediate(),
    lookup,
  });
}

function insert(
  kind: Kind,
  { offer: id, people, first_day, last_day }: Quote,
  context: ActionContext<Agency>,
): ActionResult {
  const { resources, conversation, key, now } = context;
  const offer = offerOrThrow(kind, id, context);
  const reference = referenceFor(key);
  resources.database
    .prepare(
      `INSERT INTO bookings (reference, key, conversation, kind, offer, first_day, last_day, people, price_cents, state, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'booked', ?)`,
    )
    .run(
      reference,
      key,
      conversation,
      kind,
      offer.id,
      first_day,
      last_day,
      people,
      priceOf(offer, people, first_day, last_day),
      now,
    );
  return { set: { reference } };
}

function lookup(key: string, context: ActionContext<Agency>): ActionResult | undefined {
  const booking = bookingByKey(context, key);
  return booking && { set: { reference: booking.reference } };
}

function offerOrThrow(kind: Kind, id: string, context: ActionContext<Agency>): Offer {
  const offer = offerById(kind, id, context);
  if (!offer) throw new Error(`There is no ${kind} "${id}".`);
  return offer;
}
