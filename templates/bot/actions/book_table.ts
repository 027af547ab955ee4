import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineAction } from 'usher-engine';

interface Booking {
  readonly number: string;
}

interface Resources {
  readonly bookings: string;
}

/** Writes the booking into a file named after the idempotency key: the same booking is never written twice. */
export const book_table = defineAction<{ guests: number; day: string; guest_name: string }, Resources>({
  async run(input, { key, resources }) {
    const booking: Booking = { number: key.slice(0, 6).toUpperCase() };
    await mkdir(resources.bookings, { recursive: true });
    await writeFile(join(resources.bookings, `${key}.json`), JSON.stringify({ ...input, ...booking }), {
      flag: 'wx',
    });
    return { set: { booking_number: booking.number } };
  },

  /** After a crash: did the booking take place? */
  async lookup(key, { resources }) {
    try {
      const booking = JSON.parse(await readFile(join(resources.bookings, `${key}.json`), 'utf8')) as Booking;
      return { set: { booking_number: booking.number } };
    } catch {
      return undefined;
    }
  },
});
