import { intentMass } from '../../../src/dialogue/interpret/intent-mass.ts';
import type { Part } from '../../../src/dialogue/interpret/part.ts';
import { situationOf } from '../../../src/dialogue/interpret/situation.ts';
import type { SlotDefinition } from '../../../src/dialogue/program.ts';
import { compileBot } from '../../../src/dialogue/run/bot.ts';
import type { Json } from '../../../src/json.ts';
import { program, set, start, Talk } from '../run/talk.ts';
import { type Said, understand } from './understand.ts';

/** A journey with two cities and two days, whose names lie one in the other, and a free text. */
const trip = program(`
slots:
  city: { type: text, label: { en: city, zh: 城市 } }
  departure_city: { type: text, label: { en: departure city, zh: 出发城市 } }
  depart_on: { type: date, label: { en: departure date, zh: 出发日期 } }
  return_on: { type: date, label: { en: return date, zh: 返回日期 } }
  wishes: { type: text, validation: { rejections: [{ if: slots.wishes is "nothing", utter: utter_say_more }] } }
  code: { type: text, pattern: "^[A-Z]{3}$" }
flows:
  trip:
    description: The customer wants to travel.
    nlu_trigger: [{ intent: trip }]
    steps:
      - collect: departure_city
      - collect: city
      - collect: depart_on
      - collect: return_on
      - collect: wishes
      - collect: code
      - action: utter_booked
  weather:
    description: The customer asks what the weather is like.
    nlu_trigger: [{ intent: weather }]
    steps: [{ action: utter_weather }]
responses:
  utter_ask_departure_city: [{ text: { en: From where?, zh: 从哪里？ } }]
  utter_ask_city: [{ text: { en: Where to?, zh: 去哪里？ } }]
  utter_ask_depart_on: [{ text: { en: When?, zh: 什么时候？ } }]
  utter_ask_return_on: [{ text: { en: And back?, zh: 什么时候回来？ } }]
  utter_ask_wishes: [{ text: { en: Any wishes?, zh: 有什么要求？ } }]
  utter_ask_code: [{ text: { en: Your code?, zh: 代码？ } }]
  utter_say_more: [{ text: { en: Do tell., zh: 请说。 } }]
  utter_booked: [{ text: { en: Booked., zh: 已预订。 } }]
  utter_weather: [{ text: { en: Sunny., zh: 晴。 } }]
`);

const answers: readonly (readonly [string, Json])[] = [
  ['departure_city', 'Rome'],
  ['city', 'Lisbon'],
  ['depart_on', '2026-07-12'],
  ['return_on', '2026-07-15'],
  ['wishes', 'a window seat'],
];

export function tripSlots(...names: readonly string[]): readonly SlotDefinition[] {
  return names.map((name) => {
    const slot = trip.slots[name];
    if (!slot) throw new TypeError(`There is no slot ${name}.`);
    return slot;
  });
}

/** A message while the trip asks for a slot, all before it answered; before the trip where none is named. */
export function tripPart(asked: string | undefined, text: string, said: Said = {}): Part {
  const talk = new Talk(trip);
  if (asked !== undefined) talk.give(start('trip'));
  for (const [slot, value] of answers) {
    if (asked === undefined || slot === asked) break;
    talk.give(set(slot, value));
  }
  const [segment] = understand(text, said).segments;
  if (!segment) throw new TypeError('There is nothing to read.');
  return { situation: situationOf(compileBot(trip, {}), talk.state), segment, mass: intentMass(segment) };
}
