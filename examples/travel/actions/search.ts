import { defineAction } from 'usher-engine';
import type { ActionContext, ActionResult } from 'usher-engine';
import type { Agency } from './travel/agency.ts';
import { cityName } from './travel/bookings.ts';
import { cityOffers, flightOffers, type Offer } from './travel/offers.ts';

/** What goes from one city to the other. */
export const search_flights = defineAction<{ origin: string; destination: string }, Agency>(
  ({ origin, destination }, context) => {
    const names = {
      origin_name: cityName(context.resources, origin, context.locale),
      destination_name: cityName(context.resources, destination, context.locale),
    };
    return found('flights', flightOffers(origin, destination, context), names);
  },
);

export const search_hotels = defineAction<{ city: string }, Agency>(({ city }, context) =>
  inCity('hotel', city, context),
);

export const search_cars = defineAction<{ city: string }, Agency>(({ city }, context) =>
  inCity('car', city, context),
);

export const search_excursions = defineAction<{ city: string }, Agency>(({ city }, context) =>
  inCity('excursion', city, context),
);

function inCity(
  kind: 'hotel' | 'car' | 'excursion',
  city: string,
  context: ActionContext<Agency>,
): ActionResult {
  const city_name = cityName(context.resources, city, context.locale);
  return found(`${kind}s`, cityOffers(kind, city, context), { city_name });
}

function found(
  list: string,
  offers: readonly Offer[],
  names: Readonly<Record<string, string>>,
): ActionResult {
  return { set: { [list]: offers, on_offer: offers, quoted: null, ...names } };
}
