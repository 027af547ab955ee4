import type { SlotType } from '../program.ts';

/** What the recognisers of an asked slot's type find. */
export const kindsOf: Readonly<Partial<Record<SlotType, readonly string[]>>> = {
  number: ['number'],
  money: ['money', 'number'],
  date: ['date', 'datetime', 'date_range'],
  time: ['time', 'datetime'],
  datetime: ['datetime', 'date'],
  duration: ['duration'],
  email: ['email'],
  phone: ['phone'],
};
