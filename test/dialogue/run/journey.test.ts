import { expect, test } from 'vitest';
import type { Command } from '../../../src/dialogue/command.ts';
import { journeyBot, journeyPlays } from './journey-bot.ts';
import { correct, program, set, start, Talk, yes } from './talk.ts';

const bot = program(journeyBot);

function talk(...turns: readonly (readonly Command[])[]): Talk {
  const one = new Talk(bot, journeyPlays);
  for (const commands of turns) one.give(...commands);
  return one;
}

const nights = (count: number) => ({ after: ['arrive_on'], by: { months: 0, days: count } });

test('what is said against a day that is not known yet waits for it', () => {
  const one = talk([start('book_room'), set('stay_in', 'Rome'), set('check_out_on', nights(3))]);
  expect(one.state.slots['check_out_on'] ?? null).toBeNull();
  expect(one.give(set('arrive_on', '2026-06-30'))).toEqual(['utter_ask_room']);
  expect(one.state.slots['check_out_on']).toBe('2026-07-03');
});

test('what waits gives way to what is said outright', () => {
  const one = talk(
    [start('book_room'), set('stay_in', 'Rome'), set('check_out_on', nights(3))],
    [set('arrive_on', '2026-06-30'), set('check_out_on', '2026-07-01')],
  );
  expect(one.state.slots['check_out_on']).toBe('2026-07-01');
});

test('what is said against what an action finds waits for the action', () => {
  const more = { after: ['booked_until'], by: { months: 0, days: 1 } };
  const one = talk([start('change_trip'), set('new_until', more)]);
  expect(one.events).toContainEqual({ kind: 'slot_set', slot: 'new_until', value: '2026-06-23' });
  const third = talk([start('change_trip'), set('new_people', { after: ['booked_people'], by: 1 })]);
  expect(third.events).toContainEqual({ kind: 'slot_set', slot: 'new_people', value: 3 });
});

test('a month later than the 31st is the last day of the next month', () => {
  const one = talk(
    [start('book_room'), set('stay_in', 'Rome'), set('arrive_on', '2026-01-31')],
    [set('check_out_on', { after: ['arrive_on'], by: { months: 1, days: 0 } })],
  );
  expect(one.state.slots['check_out_on']).toBe('2026-02-28');
});

test('a question is dropped when its answer comes by another way', () => {
  const one = talk([start('book_flight'), set('fly_to', 'Rome'), set('fly_from', 'Oslo')]);
  expect(one.give(set('leave_on', '2026-06-19'))).toEqual(['utter_ask_trip']);
  expect(one.give(set('return_on', '2026-06-22'))).toEqual(['utter_ask_people']);
});

test('a task that goes on holds what its actions had found', () => {
  const flight = [set('fly_to', 'Rome'), set('fly_from', 'Oslo'), set('leave_on', '2026-06-19')];
  const one = talk(
    [start('book_flight'), ...flight, set('trip', 'one_way'), set('people', 2)],
    [set('flight', 'noon')],
    [
      start('book_room'),
      set('stay_in', 'Rome'),
      set('arrive_on', '2026-06-19'),
      set('check_out_on', '2026-06-22'),
    ],
    [set('room', 'inn')],
  );
  expect(one.effects.at(-1)).toMatchObject({ values: { flight_name: 'the room' } });
  one.give(yes);
  expect(one.effects.at(-1)).toMatchObject({ values: { flight_name: 'the flight' } });
});

test('a value is called by the name of the choice of its entity', () => {
  const one = talk([start('book_flight'), set('fly_to', 'Rome')]);
  one.state = { ...one.state, locale: 'zh' };
  const message = {
    channel: 'test',
    conversation: 'test:1',
    id: '1',
    at: 0,
    content: { kind: 'text', text: '' },
  } as const;
  const commands = [correct('fly_to', 'Lisbon')];
  const { effects } = one.dialogue.advance(
    one.state,
    { kind: 'commands', commands, message, locale: 'zh' },
    one,
  );
  expect(effects[0]).toMatchObject({ values: { context: { changes: 'destination：里斯本' } } });
});

const flightList = [
  start('book_flight'),
  set('fly_to', 'Rome'),
  set('fly_from', 'Oslo'),
  set('leave_on', '2026-06-19'),
  set('trip', 'one_way'),
  set('people', 2),
];
const flightsLeft = (one: Talk): readonly unknown[] =>
  (one.state.slots['flights'] as readonly { readonly id: string }[]).map(({ id }) => id);

test('a task named beside the yes to a confirmation begins once that is done', () => {
  const one = talk(flightList, [set('flight', 'noon')]);
  expect(one.give(yes, start('book_room'))).toEqual(['Booked.', 'utter_offer_stay_in']);
});

test('a task that is to come first comes before what a yes would do', () => {
  const one = talk(flightList, [set('flight', 'noon')]);
  const first = { kind: 'text', text: 'yes, but first a room' } as const;
  expect(one.hear(first, [yes, start('book_room')])).toEqual(['utter_offer_stay_in']);
});

test('a question beside the yes to a confirmation is answered before anything is done', () => {
  const one = talk(flightList, [set('flight', 'noon')]);
  expect(one.give(yes, start('ask_about'))).toEqual(['utter_confirm_flight']);
});

test('who goes on to tell more has taken what was offered', () => {
  const one = talk(flightList, [{ kind: 'cancel' }], [start('book_room')]);
  expect(one.give(set('arrive_on', '2026-06-19'))).toEqual(['utter_ask_check_out_on']);
  expect(one.state.slots['stay_in']).toBe('Rome');
});

test('the task that waits for its turn is not begun by a question in passing', () => {
  const one = talk([...flightList.slice(0, 2), start('book_room'), set('stay_in', 'Rome')]);
  expect(one.give(start('ask_about'))).toEqual(['utter_ask_fly_from']);
});

test('a correction does not pass over the question that stands open', () => {
  const one = talk(flightList, [set('flight', 'noon')], [correct('fly_from', null)]);
  expect(one.give(correct('leave_on', '2026-06-20'))).toEqual([
    'utter_corrected_previous_input',
    'utter_ask_fly_from',
  ]);
});

test('what is not shown any more can still be chosen, and wished for', () => {
  const late = { kind: 'limit', attribute: 'time', below: false, value: '12:00' } as const;
  const early = { kind: 'limit', attribute: 'time', below: true, value: '08:00' } as const;
  const one = talk(flightList, [{ kind: 'narrow_choice', slot: 'flight', wishes: [late] }]);
  expect(flightsLeft(one)).toEqual(['noon', 'late']);
  one.give({ kind: 'narrow_choice', slot: 'flight', wishes: [early] });
  expect(flightsLeft(one)).toEqual(['early']);
  one.give(set('flight', 'late'));
  expect(one.state.slots['flight']).toBe('late');
});

test('a reason speaks against the one that was named, or asked about, where none was chosen', () => {
  const later = { kind: 'end', attribute: 'time', end: 'most', than: 'chosen', against: true } as const;
  const named = talk(flightList, [
    { kind: 'narrow_choice', slot: 'flight', wishes: [later], against: 'noon' },
  ]);
  expect(flightsLeft(named)).toEqual(['late']);
  const told = talk(flightList, [start('ask_about'), set('about', 'early')]);
  told.give({ kind: 'narrow_choice', slot: 'flight', wishes: [later] });
  expect(flightsLeft(told)).toEqual(['late', 'noon']);
});

test('a change to what is not shown any more is told by its name', () => {
  const late = { kind: 'limit', attribute: 'time', below: false, value: '12:00' } as const;
  const one = talk(
    flightList,
    [{ kind: 'narrow_choice', slot: 'flight', wishes: [late] }],
    [set('flight', 'noon')],
  );
  one.give(correct('flight', 'early'));
  expect(one.effects[0]).toMatchObject({ values: { context: { changes: 'flight: Skylark' } } });
});
