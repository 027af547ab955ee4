import { expect, test } from 'vitest';
import { opensAt, parseOpeningHours } from '../../src/dialogue/opening-hours.ts';

const week = parseOpeningHours({ 'mon-fri': '9:00-18:00', sat: ['10:00-12:00', '13:00-16:00'] });

test.each([
  ['inside a stretch it is open now', '2026-11-23T09:00Z', '2026-11-23T09:00Z'],
  ['before the first stretch of a day it opens then', '2026-11-23T07:15Z', '2026-11-23T09:00Z'],
  ['at the end of a stretch it is closed', '2026-11-27T18:00Z', '2026-11-28T10:00Z'],
  ['at noon on Saturday it opens after lunch', '2026-11-28T12:30Z', '2026-11-28T13:00Z'],
  ['on Sunday it opens on Monday', '2026-11-29T23:59Z', '2026-11-30T09:00Z'],
])('%s', (_, now, opens) => {
  expect(opensAt(week, Date.parse(now), 'UTC')).toBe(Date.parse(opens));
});

test('hours are those of the time zone, over a change of the clocks too', () => {
  expect(opensAt(week, Date.parse('2026-03-28T23:00Z'), 'Europe/Berlin')).toBe(
    Date.parse('2026-03-30T07:00Z'),
  );
  expect(opensAt(week, Date.parse('2026-10-24T23:00Z'), 'Europe/Berlin')).toBe(
    Date.parse('2026-10-26T08:00Z'),
  );
});

test('a shift may run past midnight, and over the end of the week', () => {
  const night = parseOpeningHours({ sun: '22:00-6:00' });
  expect(opensAt(night, Date.parse('2026-11-30T05:59Z'), 'UTC')).toBe(Date.parse('2026-11-30T05:59Z'));
  expect(opensAt(night, Date.parse('2026-11-30T06:00Z'), 'UTC')).toBe(Date.parse('2026-12-06T22:00Z'));
});

test('days wrap around the week; without hours it is never open', () => {
  expect(parseOpeningHours({ 'sat-mon': '0:00-24:00' }).map(({ from }) => from / 1440)).toEqual([5, 6, 0]);
  expect(opensAt([], 0, 'UTC')).toBeUndefined();
});
