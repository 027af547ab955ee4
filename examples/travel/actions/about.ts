import { defineAction } from 'usher-engine';
import type { ActionContext, Json } from 'usher-engine';
import type { Agency } from './travel/agency.ts';
import { standingBookings } from './travel/bookings.ts';
import { describe, type Detail } from './travel/describe.ts';
import { offerById, type Offer } from './travel/offers.ts';

/**
 * Answers a question about an offer from its columns: the one named, the one on the table, or one detail of each on it.
 *
 * Where nothing is on the table, what was booked last is meant.
 */
export const tell_about = defineAction<Record<string, never>, Agency>((_, context) => {
  const { about = null, detail = null } = context.slots;
  const shown = onTheTable(context);
  const known = [...shown, ...asOffers(context.slots['on_offer'] ?? null)];
  const named = known.filter(({ id }) => id === about).slice(0, 1);
  const told = named.length > 0 ? named : shown;
  if (told.length === 0) return { set: { told: 'nothing' } };
  if (told.length > 1 && detail === null) return { set: { told: 'which', on_offer: told } };
  const lines = told.map((offer) => describe(offer, detail as Detail | null, context.locale));
  return { set: { told: 'told' }, say: [{ text: lines.join('\n') }] };
});

function onTheTable(context: ActionContext<Agency>): readonly Offer[] {
  const offered = asOffers(context.slots['on_offer'] ?? null);
  const [first] = offered;
  // What a list was narrowed down to is what the customer sees of it.
  const list = first && offered.length > 1 ? asOffers(context.slots[`${first.kind}s`] ?? null) : [];
  if (offered.length > 0) return list.length > 0 ? list : offered;
  const booked = standingBookings(context).at(-1);
  const offer = booked && offerById(booked.kind, booked.offer, context);
  return offer ? [offer] : [];
}

function asOffers(value: Json): readonly Offer[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isOffer) : [];
}

function isOffer(value: Json): value is Offer {
  return typeof value === 'object' && value !== null && 'kind' in value && 'price' in value;
}
