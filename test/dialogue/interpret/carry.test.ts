import { expect, test } from 'vitest';
import type { Command } from '../../../src/dialogue/command.ts';
import { program, set, start, Talk } from '../run/talk.ts';
import { type Said, understand } from './understand.ts';

const bot = program(`
slots:
  city: { type: text }
  day: { type: date }
  stay_in: { type: text, carry_from: [city] }
  arrive_on: { type: date, carry_from: [day] }
flows:
  book_flight: { description: The customer wants to fly., steps: [ { collect: city }, { collect: day }, { say: Booked. } ] }
  book_room: { description: The customer wants a room., steps: [ { collect: stay_in }, { collect: arrive_on }, { say: Booked. } ] }
responses:
  utter_ask_city: [ { text: City? } ]
  utter_ask_day: [ { text: Day? } ]
  utter_offer_stay_in: [ { text: "In {stay_in}?" } ]
  utter_ask_stay_in: [ { text: Where? } ]
  utter_ask_arrive_on: [ { text: When? } ]
`);

/** After a flight to Rome. */
function flown(...then: readonly Command[]): Talk {
  const talk = new Talk(bot);
  talk.give(start('book_flight'));
  talk.give(set('city', 'Rome'), set('day', '2026-06-19'));
  if (then.length > 0) talk.give(...then);
  return talk;
}

function heard(talk: Talk, text: string, said: Said = {}): readonly Command[] {
  const content = { kind: 'text', text } as const;
  const message = { channel: 'test', conversation: 'test:1', id: '1', at: 0, content } as const;
  return talk.dialogue.interpret(talk.state, message, understand(text, said)).commands;
}

const room = { intents: { book_room: 0.95 } };
const flight = { intents: { book_flight: 0.95 } };

test.each<[string, Said, readonly [string, string][]]>([
  ['a room for the same days', room, [['arrive_on', '2026-06-19']]],
  ['a room in the same city', room, [['stay_in', 'Rome']]],
  ['a flight like last time', flight, [['city', 'Rome'], ['day', '2026-06-19']]], // prettier-ignore
  ['I would like to fly again', flight, []],
])('a task begun with "%s" takes what is meant of what was said before', (text, said, expected) => {
  const values = heard(flown(), text, said).flatMap((command) =>
    command.kind === 'set_slot' ? [[command.slot, command.value]] : [],
  );
  expect(values).toEqual(expected);
});

test('a yes takes what is offered, whatever the tagger makes of the word', () => {
  const talk = flown(start('book_room'));
  expect(talk.state.question).toMatchObject({ slots: ['stay_in'] });
  const said = { intents: { affirm: 0.99 }, entities: [['stay_in', 'yes']], source: 'tagger' } as const;
  expect(heard(talk, 'yes', said)).toEqual([{ kind: 'affirm' }]);
});
