import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/dialogue/command.ts';
import type { Understanding } from '../../../src/nlu/recognizer.ts';
import { journeyBot, journeyPlays } from '../run/journey-bot.ts';
import { program, set, start, Talk } from '../run/talk.ts';
import { understand, understandParts } from './understand.ts';

const bot = program(journeyBot);
const flight = [set('fly_to', 'Rome'), set('fly_from', 'Lisbon')];
const room = [start('book_room'), set('stay_in', 'Rome')];

const afterNoon = { kind: 'limit', attribute: 'time', below: false, value: '12:00' } as const;

const states = {
  nothing: () => talk(),
  askedLeave: () => talk([start('book_flight'), ...flight]),
  askedTrip: () => talk([start('book_flight'), ...flight, set('leave_on', '2026-06-19')]),
  askedPeople: () =>
    talk([start('book_flight'), ...flight, set('leave_on', '2026-06-19'), set('trip', 'one_way')]),
  askedFlight: () => talk(listed),
  toldOne: () => talk(listed, [start('ask_about'), set('about', 'noon')]),
  toldAll: () => talk(listed, [start('ask_about'), set('about', 'noon')], [start('ask_about')]),
  narrowed: () => talk(listed, [{ kind: 'narrow_choice', slot: 'flight', wishes: [afterNoon] }]),
  toldTwo: () =>
    talk(
      listed,
      [{ kind: 'narrow_choice', slot: 'flight', wishes: [afterNoon] }],
      [start('ask_about'), set('about', 'noon')],
    ),
  confirming: () => talk(listed, [set('flight', 'noon')]),
  askedDays: () => talk(room),
  offered: () => talk(listed, [{ kind: 'cancel' }], [start('book_room')]),
  roomConfirming: () =>
    talk([...room, set('arrive_on', '2026-06-19'), set('check_out_on', '2026-06-22')], [set('room', 'inn')]),
  roomAfterTrip: () => talk([...abroad, set('return_on', '2026-07-21')], [{ kind: 'cancel' }], [...room]),
  roomOverFlight: () => talk([start('book_flight'), ...flight], listed.slice(0, 0), room),
} as const;

const listed = [
  start('book_flight'),
  ...flight,
  set('leave_on', '2026-06-19'),
  set('trip', 'one_way'),
  set('people', 2),
];

const abroad = [start('book_flight'), ...flight, set('leave_on', '2026-07-17')];

function talk(...turns: readonly (readonly Command[])[]): Talk {
  const one = new Talk(bot, journeyPlays);
  for (const commands of turns.filter(({ length }) => length > 0)) one.give(...commands);
  return one;
}

function read(state: keyof typeof states, understanding: Understanding): readonly unknown[] {
  const one = states[state]();
  const content = { kind: 'text', text: understanding.text } as const;
  const message = { channel: 'test', conversation: 'test:1', id: '1', at: 0, content } as const;
  return one.dialogue.interpret(one.state, message, understanding).commands.map(brief);
}

/** A value in place of its words; a kind, with what else it says. */
function brief(command: Command): unknown {
  if (command.kind === 'set_slot' || command.kind === 'correct_slot')
    return [command.kind === 'set_slot' ? 'set' : 'correct', command.slot, command.value];
  if (command.kind === 'start_flow') return ['start', command.flow];
  if (command.kind === 'narrow_choice') return ['narrow', command.slot, command.wishes];
  if (command.kind === 'cannot_handle') return ['cannot handle', command.reason];
  return 'flow' in command ? [command.kind, command.flow] : command.kind;
}

const day = (words: string, value: string) => ['date', words, value] as const;
const week = { later: { months: 0, days: 7 } };

describe('days', () => {
  test.each<[string, keyof typeof states, Understanding, readonly unknown[]]>([
    [
      'a week later ends what the day told before begins',
      'askedTrip',
      understand('a week later', { entities: [['date', 'a week later', '2026-06-08', week]] }),
      [['set', 'return_on', '2026-06-26']],
    ],
    [
      'what may as well be said of today is, where nothing has begun',
      'askedLeave',
      understand('一周后', {
        entities: [['date', '一周后', '2026-06-08', { later: { ...week.later, loosely: true } }]],
      }),
      [['set', 'leave_on', '2026-06-08']],
    ],
    [
      'a length without its beginning waits for it',
      'askedDays',
      understand('for two nights', { entities: [['duration', 'two nights', { seconds: 172_800 }]] }),
      [['set', 'check_out_on', { after: ['arrive_on'], by: { months: 0, days: 2 } }]],
    ],
    [
      'one more night is one more than there are',
      'roomConfirming',
      understand('one more night please', {
        entities: [['duration', 'one more night', { seconds: 86_400 }]],
      }),
      [['correct', 'check_out_on', '2026-06-23']],
    ],
    [
      'a day that is said to end something ends it, though the beginning is asked',
      'askedLeave',
      understand('back on the 22nd', { entities: [day('the 22nd', '2026-06-22')] }),
      [['set', 'return_on', '2026-06-22']],
    ],
    [
      'of three days, those that are said to begin and to end something do',
      'nothing',
      understand('I meet them on wednesday, so fly me to Rome on tuesday and home on thursday', {
        intents: { book_flight: 0.95 },
        entities: [
          day('wednesday', '2026-06-17'),
          ['city', 'Rome'],
          day('tuesday', '2026-06-16'),
          day('thursday', '2026-06-18'),
        ],
      }),
      [
        ['start', 'book_flight'],
        ['set', 'fly_to', 'Rome'],
        ['set', 'leave_on', '2026-06-16'],
        ['set', 'return_on', '2026-06-18'],
      ],
    ],
    [
      'the day of the way back, said after it in Chinese',
      'askedTrip',
      understand('周日回', { entities: [day('周日', '2026-06-21')] }),
      [['set', 'return_on', '2026-06-21']],
    ],
    [
      'a bare weekday in place of a day told before is the one nearest to it',
      'roomConfirming',
      understand('make the check out wednesday', { entities: [day('wednesday', '2026-06-17')] }),
      [['correct', 'check_out_on', '2026-06-24']],
    ],
    [
      'a bare weekday is one of the days of the journey',
      'roomAfterTrip',
      understand('saturday to monday', {
        entities: [['date_range', 'saturday to monday', { from: '2026-06-20', to: '2026-06-22' }]],
      }),
      [
        ['set', 'arrive_on', '2026-07-18'],
        ['set', 'check_out_on', '2026-07-20'],
      ],
    ],
    [
      'so is a bare day of the month',
      'roomAfterTrip',
      understand('18号到20号', {
        entities: [['date_range', '18号到20号', { from: '2026-06-18', to: '2026-06-20' }]],
      }),
      [
        ['set', 'arrive_on', '2026-07-18'],
        ['set', 'check_out_on', '2026-07-20'],
      ],
    ],
    [
      'a day that the journey does not have is the coming one',
      'roomAfterTrip',
      understand('thursday to friday', {
        entities: [['date_range', 'thursday to friday', { from: '2026-06-18', to: '2026-06-19' }]],
      }),
      [
        ['set', 'arrive_on', '2026-06-18'],
        ['set', 'check_out_on', '2026-06-19'],
      ],
    ],
    [
      'two stays in one sentence are two, and share what is told once',
      'nothing',
      understand('friday to sunday in Rome, sunday to tuesday in Lisbon', {
        intents: { book_room: 0.95 },
        entities: [
          ['date_range', 'friday to sunday', { from: '2026-06-19', to: '2026-06-21' }],
          ['city', 'Rome'],
          ['date_range', 'sunday to tuesday', { from: '2026-06-21', to: '2026-06-23' }],
          ['city', 'Lisbon'],
        ],
      }),
      [
        ['start', 'book_room'],
        ['set', 'stay_in', 'Rome'],
        ['set', 'arrive_on', '2026-06-19'],
        ['set', 'check_out_on', '2026-06-21'],
        ['start', 'book_room'],
        ['set', 'stay_in', 'Lisbon'],
        ['set', 'arrive_on', '2026-06-21'],
        ['set', 'check_out_on', '2026-06-23'],
      ],
    ],
    [
      'before a day is on no day that is said',
      'nothing',
      understand('fly me to Rome before christmas', {
        intents: { book_flight: 0.95 },
        entities: [['city', 'Rome'], day('christmas', '2026-12-25')],
      }),
      [
        ['start', 'book_flight'],
        ['set', 'fly_to', 'Rome'],
      ],
    ],
    [
      'a bare number is the only one that is still asked for',
      'askedLeave',
      understand('四位', { entities: [['number', '四', 4]] }),
      [['set', 'people', 4]],
    ],
    [
      'the same day ends what the day told before begins',
      'askedTrip',
      understand('the same day', {
        entities: [['date', 'the same day', '2026-06-15', { later: { months: 0, days: 0 } }]],
      }),
      [['set', 'return_on', '2026-06-19']],
    ],
    [
      'a change that the running task takes is no change of what was booked',
      'confirming',
      understand('make the departure saturday instead', {
        intents: { change_trip: 0.85 },
        entities: [day('saturday', '2026-06-20')],
      }),
      [['correct', 'leave_on', '2026-06-20']],
    ],
  ])('%s', (_title, state, understanding, commands) => {
    expect(read(state, understanding)).toEqual(commands);
  });
});

describe('numbers of people', () => {
  const two = ['people', '2', 2] as const;
  test.each<[string, keyof typeof states, Understanding, readonly unknown[]]>([
    [
      '2 adults and 1 child',
      'askedPeople',
      understand('2 adults and 1 child', { entities: [two, ['number', '1', 1]] }),
      [['set', 'people', 3]],
    ],
    [
      '两大一小',
      'askedPeople',
      understand('两大一小', { entities: [['people', '两', 2], ['number', '一', 1]] }), // prettier-ignore
      [['set', 'people', 3]],
    ],
    [
      'two adults and a baby',
      'askedPeople',
      understand('two adults and a baby', { entities: [['people', 'two', 2]] }),
      [['set', 'people', 3]],
    ],
    [
      'me and 2 friends',
      'askedPeople',
      understand('me and 2 friends', { entities: [two] }),
      [['set', 'people', 3]],
    ],
    [
      'one more person',
      'confirming',
      understand('oh, one more person', { entities: [['people', 'one', 1]] }),
      [['correct', 'people', 3]],
    ],
    ['another person', 'confirming', understand('add another person'), [['correct', 'people', 3]]],
    [
      '少一个人',
      'confirming',
      understand('少一个人', { entities: [['people', '一个人', '1']] }),
      [['correct', 'people', 1]],
    ],
    [
      'myself and a friend',
      'askedPeople',
      understand('myself and a friend', { entities: [['people', 'myself', '1']] }),
      [['set', 'people', 2]],
    ],
    [
      'me plus two friends',
      'askedPeople',
      understand('me plus two friends', { entities: [['people', 'two friends']] }),
      [['set', 'people', 3]],
    ],
    [
      'two adults, one child',
      'askedPeople',
      understand('two adults, one child', { entities: [['people', 'two', 2]] }),
      [['set', 'people', 3]],
    ],
    [
      '一家四口',
      'askedPeople',
      understand('我们一家四口', { entities: [['number', '一', 1], ['number', '四', 4]] }), // prettier-ignore
      [['set', 'people', 4]],
    ],
    [
      "one of us can't come",
      'confirming',
      understand("sorry, one of us can't come"),
      [['correct', 'people', 1]],
    ],
    [
      '有一个来不了',
      'confirming',
      understand('有一个来不了', { entities: [['number', '一', 1]] }),
      [['correct', 'people', 1]],
    ],
    [
      'one more than what an action has still to find',
      'nothing',
      understand('one more is coming along', { intents: { change_trip: 0.9 }, entities: [['people', 'one', 1]] }), // prettier-ignore
      [
        ['start', 'change_trip'],
        ['set', 'new_people', { after: ['booked_people'], by: 1 }],
      ],
    ],
  ])('%s', (_title, state, understanding, commands) => {
    expect(read(state, understanding)).toEqual(commands);
  });
});

describe('things on offer', () => {
  const affirm = { intents: { affirm: 0.97 } };
  test.each<[string, keyof typeof states, Understanding, readonly unknown[]]>([
    ['a yes to several asks which', 'askedFlight', understand('yes', affirm), [['cannot handle', 'which']]],
    [
      'a yes after one was told about takes it',
      'toldOne',
      understand('ok that one', affirm),
      [['set', 'flight', 'noon']],
    ],
    [
      'a yes after all were told about takes none',
      'toldAll',
      understand('ok that one', affirm),
      [['cannot handle', 'which']],
    ],
    ['the middle one', 'askedFlight', understand('the middle one please'), [['set', 'flight', 'noon']]],
    ['倒数第二个', 'askedFlight', understand('倒数第二个'), [['set', 'flight', 'noon']]],
    [
      'by the hour within which it begins',
      'askedFlight',
      understand("the eight o'clock one", { entities: [['time', "eight o'clock", '20:00']] }),
      [['set', 'flight', 'late']],
    ],
    [
      'an hour that is a limit chooses none',
      'askedFlight',
      understand('after six', { entities: [['time', 'six', '06:00']] }),
      [['narrow', 'flight', [{ kind: 'limit', attribute: 'time', below: false, value: '06:00' }]]],
    ],
    [
      'a question that names one does not take it',
      'askedFlight',
      understand("what's the Heron like?", { intents: { ask_about: 0.8 } }),
      [
        ['start', 'ask_about'],
        ['set', 'about', 'late'],
      ],
    ],
    [
      'the cheapest that is asked about is told about, and no wish beside',
      'askedFlight',
      understand('when does the latest one leave', { intents: { ask_about: 0.95 } }),
      [
        ['start', 'ask_about'],
        ['set', 'about', 'late'],
      ],
    ],
    [
      'what answers a question of some flow is no feature of what is not known yet',
      'askedLeave',
      understand('one way', {
        intents: { skip: 0.3 },
        entities: [['trip', 'one way', 'one_way']],
        accepted: false,
      }),
      [['set', 'trip', 'one_way']],
    ],
    [
      'a reason that refuses what was chosen',
      'confirming',
      understand('no, rivers bore me', {
        intents: { deny: 0.5 },
        entities: [['theme', 'rivers', 'river']],
      }),
      [['set', 'flight', 'early']],
    ],
    [
      'two values that are named with an "or" are asked about, and none is taken',
      'askedTrip',
      understand('one way or return', {
        entities: [
          ['trip', 'one way', 'one_way'],
          ['trip', 'return', 'return'],
        ],
      }),
      [['cannot handle', 'which']],
    ],
    [
      'something of a kind is none of those on offer yet',
      'askedFlight',
      understand('something later'),
      [['narrow', 'flight', [{ kind: 'end', attribute: 'time', end: 'most', than: 'chosen' }]]],
    ],
    [
      'a reason against one that it names does not take it',
      'askedFlight',
      understand('6:40 is too early', { entities: [['time', '6:40', '06:40', { source: 'recogniser' }]] }),
      [
        [
          'narrow',
          'flight',
          [{ kind: 'end', attribute: 'time', end: 'most', than: 'chosen', against: true }],
        ],
      ],
    ],
    [
      'a reason alone gives nothing up',
      'confirming',
      understand("hmm, that's too late", { intents: { cancel: 0.97 } }),
      [['set', 'flight', 'early']],
    ],
    [
      'what is asked next is asked about the one that was asked about before',
      'toldOne',
      understand('and how much is it?', {
        intents: { ask_about: 0.95 },
        entities: [['detail', 'how much', 'price']],
      }),
      [
        ['start', 'ask_about'],
        ['set', 'detail', 'price'],
        ['set', 'about', 'noon'],
      ],
    ],
    [
      'what is asked of several is asked of all',
      'toldOne',
      understand('which of them is cheap?', {
        intents: { ask_about: 0.95 },
        entities: [['detail', 'cheap', 'price']],
      }),
      [
        ['start', 'ask_about'],
        ['set', 'detail', 'price'],
      ],
    ],
    [
      'something earlier than all that is left of a list',
      'narrowed',
      understand('有早一点的吗'),
      [['set', 'flight', 'early']],
    ],
    [
      'a reason against what is on offer begins nothing else',
      'askedFlight',
      understand('too early, we need to be back by then', { intents: { change_trip: 0.9 } }),
      [
        [
          'narrow',
          'flight',
          [{ kind: 'end', attribute: 'time', end: 'most', than: 'chosen', against: true }],
        ],
      ],
    ],
    [
      'the other one than the one asked about',
      'toldTwo',
      understand('ok, the other one'),
      [['set', 'flight', 'late']],
    ],
    [
      'what is chosen, asked for again, stays chosen',
      'confirming',
      understand('the Swift please'),
      [['set', 'flight', 'noon']],
    ],
    [
      'giving up that is not sure of itself is not acted on',
      'askedFlight',
      understand('so my wife and all', { intents: { cancel: 0.35 }, outOfScope: 0.6, accepted: false }),
      [['cannot handle', 'invalid_input']],
    ],
    [
      'from and to turned round',
      'askedFlight',
      understand("it's from Rome to Lisbon", {
        intents: { book_flight: 0.9 },
        entities: [
          ['city', 'Rome', 'Rome', { role: 'from' }],
          ['city', 'Lisbon', 'Lisbon', { role: 'to' }],
        ],
      }),
      [
        ['correct', 'fly_to', 'Lisbon'],
        ['correct', 'fly_from', 'Rome'],
      ],
    ],
    [
      'two cities that both seem to be the destination',
      'nothing',
      understand('the meeting is in Rome, I fly out of Lisbon', {
        intents: { book_flight: 0.95 },
        entities: [
          ['city', 'Rome', 'Rome', { role: 'to' }],
          ['city', 'Lisbon', 'Lisbon', { role: 'to' }],
        ],
      }),
      [
        ['start', 'book_flight'],
        ['set', 'fly_to', 'Rome'],
        ['set', 'fly_from', 'Lisbon'],
      ],
    ],
  ])('%s', (_title, state, understanding, commands) => {
    expect(read(state, understanding)).toEqual(commands);
  });
});

test('a yes and a no in one message are not both', () => {
  const parts = understandParts([
    ['just looking,', { intents: { affirm: 0.6, deny: 0.2 } }],
    ['no booking', { intents: { deny: 0.98 } }],
  ]);
  expect(read('confirming', parts)).toEqual(['deny']);
});

test('a yes beside going back is no yes', () => {
  const parts = understandParts([
    ['yes,', { intents: { affirm: 0.97 } }],
    ['back to the flight', { intents: { resume: 0.9 } }],
  ]);
  expect(read('confirming', parts)).toEqual(['resume']);
});

test.each(['before I confirm,', '确认之前，'])('a yes that is only spoken of is none: "%s"', (words) => {
  const parts = understandParts([
    [words, { intents: { affirm: 0.9 } }],
    ['one for next week', { intents: { change_trip: 0.9 } }],
  ]);
  expect(read('confirming', parts)).toEqual([['start', 'change_trip']]);
});

test('a task that is begun and given up in one message gives nothing else up', () => {
  const parts = understandParts([
    ["I'd want to change a trip", { intents: { change_trip: 0.9 } }],
    ['no, never mind', { intents: { cancel: 0.95 } }],
  ]);
  expect(read('confirming', parts)).not.toContainEqual(['start', 'change_trip']);
});

test('the task that is named is the one gone back to', () => {
  const said = { intents: { resume: 0.8 }, entities: [['thing', 'flight', 'flight']] as const };
  expect(read('roomOverFlight', understand('back to the flight', said))).toEqual([['resume', 'book_flight']]);
});

test('a yes to one thing offered takes over what is said to be the same besides', () => {
  const said = { intents: { affirm: 0.9 } };
  expect(read('offered', understand('yes, and the same days', said))).toEqual([
    'affirm',
    ['set', 'arrive_on', '2026-06-19'],
  ]);
});

test('a question that may not be left out is answered rather than skipped', () => {
  const said = {
    intents: { skip: 0.7 },
    entities: [['people', 'one', 1]] as const,
    source: 'tagger' as const,
  };
  expect(read('askedPeople', understand('one', said))).toEqual([['set', 'people', 1]]);
});
