import { defineAction } from 'usher-engine';
import type { ActionContext, ActionResult, Json } from 'usher-engine';
import type { Agency } from './travel/agency.ts';
import {
  bookingByReference,
  bookingLine,
  type Booking,
  priceOf,
  standingBookings,
} from './travel/bookings.ts';
import { offerById } from './travel/offers.ts';
import { kindName } from './travel/words.ts';

type Context = ActionContext<Agency>;

/** What stands of this conversation's bookings. */
export const list_bookings = defineAction<Record<string, never>, Agency>((_, context) => {
  const standing = standingBookings(context);
  return {
    set: {
      ...listed(standing, context),
      booking_count: standing.length,
      bookings_text: standing.map((booking) => bookingLine(booking, context)).join('\n'),
      booking: standing.length === 1 ? (standing[0]?.reference ?? null) : null,
    },
  };
});

/** Looks a booking up by its reference, or by its kind where the conversation has one of that kind only. */
export const find_booking = defineAction<{ booking: string }, Agency>(({ booking: wanted }, context) => {
  const ofKind = standingBookings(context).filter(({ kind }) => kind === wanted);
  if (ofKind.length > 1) return { set: { booking_state: 'several', ...listed(ofKind, context) } };
  const booking = ofKind[0] ?? bookingByReference(context, wanted);
  if (!booking) return { set: { booking_state: 'unknown' } };
  const offer = offerById(booking.kind, booking.offer, context);
  return {
    set: {
      booking: booking.reference,
      booking_state: booking.state,
      booking_line: bookingLine(booking, context),
      booked_from: booking.firstDay,
      booked_to: booking.lastDay,
      booked_people: booking.people,
      quoted: offer ? [offer] : null,
    },
  };
});

function listed(bookings: readonly Booking[], context: Context): { readonly bookings: Json } {
  return { bookings: bookings.map((booking) => item(booking, context)) };
}

interface Change {
  readonly [name: string]: Json;
  readonly booking: string;
  readonly new_from: string | null;
  readonly new_to: string | null;
  readonly new_people: number | null;
}

/** What a booking would be and cost after a change; days that are not named move along. */
export const quote_change = defineAction<{ booking: string }, Agency>(({ booking }, context) => {
  const changed = changedBooking({ booking, ...wishes(context) }, context);
  if (!changed) return { set: { change_check: 'unknown' } };
  if (changed.lastDay !== null && changed.lastDay <= changed.firstDay)
    return { set: { change_check: 'wrong_days' } };
  return {
    set: {
      change_check: 'possible',
      new_from: changed.firstDay,
      new_to: changed.lastDay,
      new_people: changed.people,
      new_line: bookingLine(changed, context),
      total: { amount: changed.priceCents / 100, currency: 'EUR' },
    },
  };
});

/** What the customer has said of the change so far. */
function wishes({ slots }: Context): Pick<Change, 'new_from' | 'new_to' | 'new_people'> {
  const { new_from = null, new_to = null, new_people = null } = slots;
  return {
    new_from: typeof new_from === 'string' ? new_from : null,
    new_to: typeof new_to === 'string' ? new_to : null,
    new_people: typeof new_people === 'number' ? new_people : null,
  };
}

export const change_booking_now = defineAction<Change, Agency>({
  run: (change, context) =>
    context.resources.database
      .transaction(() => lookupChange(context.key, context) ?? applyChange(change, context))
      .immediate(),
  lookup: lookupChange,
});

export const cancel_booking_now = defineAction<{ booking: string }, Agency>({
  run: ({ booking }, context) =>
    context.resources.database
      .transaction(() => {
        const done = lookupChange(context.key, context);
        if (done) return done;
        context.resources.database
          .prepare("UPDATE bookings SET state = 'cancelled' WHERE reference = ?")
          .run(booking);
        return remember(booking, 'cancelled', context);
      })
      .immediate(),
  lookup: lookupChange,
});

/** Keeps whom the invoice for a booking is made out to. */
export const make_invoice = defineAction<{ booking: string; billing_name: string }, Agency>({
  run: ({ booking, billing_name }, context) =>
    context.resources.database
      .transaction(
        () =>
          invoiceDone(context.key, context) ?? {
            ...remember(booking, `invoice to ${billing_name}`, context),
            set: { invoice_done: true },
          },
      )
      .immediate(),
  lookup: invoiceDone,
});

function invoiceDone(key: string, { resources }: Context): ActionResult | undefined {
  const row = resources.database.prepare('SELECT 1 FROM booking_changes WHERE key = ?').get(key);
  return row === undefined ? undefined : { set: { invoice_done: true } };
}

function applyChange(change: Change, context: Context): ActionResult {
  const changed = changedBooking(change, context);
  if (!changed) throw new Error(`There is no booking "${change.booking}".`);
  const { firstDay, lastDay, people, priceCents, reference } = changed;
  context.resources.database
    .prepare(
      'UPDATE bookings SET first_day = ?, last_day = ?, people = ?, price_cents = ? WHERE reference = ?',
    )
    .run(firstDay, lastDay, people, priceCents, reference);
  return remember(reference, `${firstDay} ${lastDay ?? ''} ${people}`, context);
}

function changedBooking(
  { booking, new_from, new_to, new_people }: Change,
  context: Context,
): Booking | undefined {
  const old = bookingByReference(context, booking);
  const offer = old && offerById(old.kind, old.offer, context);
  if (!old || !offer) return undefined;
  const firstDay = new_from ?? old.firstDay;
  const lastDay =
    old.lastDay === null
      ? null
      : (new_to ?? (firstDay < old.lastDay ? old.lastDay : null) ?? moved(old, firstDay));
  const people = new_people ?? old.people;
  return { ...old, firstDay, lastDay, people, priceCents: priceOf(offer, people, firstDay, lastDay) };
}

/** The last day, as long after the first as it was. */
function moved({ firstDay, lastDay }: Booking, newFirst: string): string {
  const length = Date.parse(lastDay ?? firstDay) - Date.parse(firstDay);
  return new Date(Date.parse(newFirst) + length).toISOString().slice(0, 10);
}

function remember(reference: string, what: string, { resources, key, now }: Context): ActionResult {
  resources.database
    .prepare('INSERT INTO booking_changes VALUES (?, ?, ?, ?)')
    .run(key, reference, what, now);
  return { set: { change_done: true } };
}

function lookupChange(key: string, { resources }: Context): ActionResult | undefined {
  const row = resources.database.prepare('SELECT 1 FROM booking_changes WHERE key = ?').get(key);
  return row === undefined ? undefined : { set: { change_done: true } };
}

function item(booking: Booking, context: Context): Json {
  const offer = offerById(booking.kind, booking.offer, context);
  return {
    id: booking.reference,
    name: bookingLine(booking, context),
    kind: booking.kind,
    kind_name: kindName(booking.kind, context.locale),
    offer_name: offer?.name ?? '',
    first_day: booking.firstDay,
  };
}
