import type { Play } from './talk.ts';

/** A journey of a flight and a room: two days in a row, things chosen from lists, questions about them, a change. */
export const journeyBot = `
slots:
  city: { type: choice, choices: { Rome: { en: Rome, zh: 罗马 }, Lisbon: { en: Lisbon, zh: 里斯本 } } }
  fly_to: { type: text, entities: [city/to, city], label: destination }
  fly_from: { type: text, entities: [city/from, city], label: origin }
  leave_on: { type: date, entities: [date, date_range], label: departure }
  trip: { type: choice, choices: [one_way, return] }
  return_on: { type: date, entities: [date, date_range], label: return }
  people: { type: number, entities: [people], scope: conversation }
  flights: { type: list }
  flight: { type: text }
  flight_name: { type: text }
  stay_in: { type: text, entities: [city], carry_from: [fly_to] }
  arrive_on: { type: date, entities: [date, date_range], carry_from: [leave_on] }
  check_out_on: { type: date, entities: [date, date_range], carry_from: [return_on] }
  rooms: { type: list }
  room: { type: text }
  about: { type: text }
  detail: { type: choice, choices: [price, pool] }
  told: { type: choice, choices: [told, which] }
  booked_until: { type: date }
  booked_people: { type: number }
  new_until: { type: date, entities: [date], carry_from: [booked_until] }
  new_from: { type: date, entities: [date] }
  new_people: { type: number, entities: [people], carry_from: [booked_people] }
flows:
  book_flight:
    description: The customer wants to fly.
    steps:
      - collect: fly_to
      - collect: fly_from
      - collect: leave_on
        next:
          - if: slots.return_on
            then: who
          - else: way
      - id: way
        collect: trip
        next:
          - if: slots.trip is 'return'
            then: back
          - else: who
      - id: back
        collect: return_on
      - id: who
        collect: people
      - action: find_flights
      - collect: flight
        choices: slots.flights
      - action: quote_flight
      - confirm: [fly_to, leave_on, people, flight]
        utter: utter_confirm_flight
      - say: Booked.
  book_room:
    description: The customer wants a room.
    steps:
      - collect: stay_in
      - collect: [arrive_on, check_out_on]
      - action: find_rooms
      - collect: room
        choices: slots.rooms
      - action: quote_room
      - confirm: [stay_in, arrive_on, check_out_on, room]
        utter: utter_confirm_room
      - say: Booked.
  ask_about:
    description: The customer asks about something on offer.
    nlu_trigger: [ { intent: ask_about } ]
    run_pattern_completed: false
    inputs: [detail, about]
    steps:
      - action: tell
        next:
          - if: slots.told is 'which'
            then: which
          - else: END
      - id: which
        collect: about
        choices: slots.flights
  change_trip:
    description: The customer changes what is booked.
    steps:
      - action: find_trip
      - noop: true
        next:
          - if: slots.new_until or slots.new_people is not null
            then: done
          - else: ask
      - id: ask
        collect: [new_from, new_until]
      - collect: new_people
      - id: done
        say: Changed.
actions:
  find_flights: { input: {}, sets: [flights] }
  quote_flight: { input: {}, sets: [flight_name] }
  find_rooms: { input: {}, sets: [rooms] }
  quote_room: { input: {}, sets: [flight_name] }
  tell: { input: {}, sets: [told] }
  find_trip: { input: {}, sets: [booked_until, booked_people] }
responses:
  utter_ask_fly_to: [ { text: Where to? } ]
  utter_ask_fly_from: [ { text: From where? } ]
  utter_ask_leave_on: [ { text: When? } ]
  utter_ask_trip: [ { text: One way? } ]
  utter_ask_return_on: [ { text: Back when? } ]
  utter_ask_people: [ { text: How many? } ]
  utter_ask_flight: [ { text: Which flight? } ]
  utter_ask_stay_in: [ { text: Where? } ]
  utter_offer_stay_in: [ { text: "In {stay_in}?" } ]
  utter_ask_arrive_on_check_out_on: [ { text: Which days? } ]
  utter_ask_arrive_on: [ { text: From when? } ]
  utter_ask_check_out_on: [ { text: Until when? } ]
  utter_ask_room: [ { text: Which room? } ]
  utter_ask_about: [ { text: Which one? } ]
  utter_ask_new_from_new_until: [ { text: Which days? } ]
  utter_ask_new_from: [ { text: From when? } ]
  utter_ask_new_until: [ { text: Until when? } ]
  utter_ask_new_people: [ { text: How many? } ]
  utter_confirm_flight: [ { text: "{flight_name}?" } ]
  utter_confirm_room: [ { text: "{flight_name}?" } ]
`;

export const journeyPlays: Readonly<Record<string, Play>> = {
  find_flights: () => ({
    set: {
      flights: [
        { id: 'early', name: 'Skylark', departs: '06:40', theme: 'museum' },
        { id: 'noon', name: 'Swift', departs: '12:20', theme: 'river' },
        { id: 'late', name: 'Heron', departs: '20:10', theme: 'river' },
      ],
    },
  }),
  quote_flight: () => ({ set: { flight_name: 'the flight' } }),
  find_rooms: () => ({
    set: {
      rooms: [
        { id: 'inn', name: 'Inn', stars: 2 },
        { id: 'grand', name: 'Grand', stars: 5 },
      ],
    },
  }),
  quote_room: () => ({ set: { flight_name: 'the room' } }),
  tell: () => ({ set: { told: 'told' } }),
  find_trip: () => ({ set: { booked_until: '2026-06-22', booked_people: 2 } }),
};
