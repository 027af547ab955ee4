import { defineAction } from 'usher-engine';
import type { ActionContext, Json } from 'usher-engine';
import type { Agency } from './travel/agency.ts';
import { standingBookings } from './travel/bookings.ts';
import { describe, type Detail, knows, sentence, unknown } from './travel/describe.ts';
import { offerById, type Offer } from './travel/offers.ts';

/**
 * Answers a question about an offer from its columns: the one named, the one chosen, or one detail of each on the table.
 *
 * Where nothing is on the table, or nothing there knows of the detail, what was booked last and does is meant.
 */
export const tell_about = defineAction<Record<string, never>, Agency>((_, context) => {
  const { about = null, detail: asked = null } = context.slots;
  const detail = asked as Detail | null;
  const table = onTheTable(context);
  const isKnown = (offer: Offer): boolean => knows(offer, detail, context.locale);
  const shown = table.some(isKnown) ? table.filter(isKnown) : booked(context).filter(isKnown).slice(-1);
  const named = [...shown, ...offersIn('quoted', context), ...offersIn('on_offer', context)];
  const one = named.filter(({ id }) => id === about).slice(0, 1);
  const told = one.length > 0 ? one : shown;
  if (told.length === 0 && table.length > 0)
    return { set: { told: 'told' }, say: [{ text: sentence(unknown(context.locale), context.locale) }] };
  if (told.length === 0) return { set: { told: 'nothing' } };
  if (told.length > 1 && detail === null) return { set: { told: 'which', on_offer: told } };
  const lines = told.map((offer) => describe(offer, detail, context.locale));
  return { set: { told: 'told' }, say: [{ text: lines.join('\n') }] };
});

function onTheTable(context: ActionContext<Agency>): readonly Offer[] {
  const quoted = offersIn('quoted', context);
  if (quoted.length > 0) return quoted;
  const offered = offersIn('on_offer', context);
  const [first] = offered;
  // What a list was narrowed down to is what the customer sees of it.
  const list = first && offered.length > 1 ? offersIn(`${first.kind}s`, context) : [];
  if (offered.length > 0) return list.length > 0 ? list : offered;
  return booked(context).slice(-1);
}

/** What the conversation has booked, the latest last. */
function booked(context: ActionContext<Agency>): readonly Offer[] {
  return standingBookings(context).flatMap(({ kind, offer }) => offerById(kind, offer, context) ?? []);
}

function offersIn(slot: string, context: ActionContext<Agency>): readonly Offer[] {
  return asOffers(context.slots[slot] ?? null);
}

function asOffers(value: Json): readonly Offer[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isOffer) : [];
}

function isOffer(value: Json): value is Offer {
  return typeof value === 'object' && value !== null && 'kind' in value && 'price' in value;
}
