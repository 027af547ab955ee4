/** Calls within calls, links, timers, loops with a question, several slots in one question, prompts and hand-overs. */
export const nestedBot = `
slots:
  city: { type: text }
  from_day: { type: date }
  to_day: { type: date }
  seats: { type: number, validation: { rejections: [ { if: slots.seats < 1, utter: utter_no_seats } ] } }
  hotels: { type: list }
  hotel: { type: text }
  again: { type: boolean }
  total: { type: number, initial_value: 0 }
  kept: { type: text }
flows:
  trip:
    name: { en: plan a trip, zh: 安排行程 }
    description: A journey of several tasks.
    nlu_trigger: [ { intent: trip } ]
    persisted_slots: [kept]
    steps:
      - collect: city
        ask_before_filling: true
      - call: dates
      - call: pick_hotel
      - id: party
        collect: seats
        rejections: [ { if: slots.seats > 8, utter: utter_too_many_seats } ]
      - set_slots: [ { total: slots.total + slots.seats } ]
      - confirm: [city, from_day, to_day, hotel, seats]
        utter: utter_confirm_trip
        else: [ { action: utter_not_booked, next: party } ]
      - action: book_trip
        on_error: utter_booking_failed
      - collect: again
        next:
          - if: slots.again
            then: party
          - else: [ { action: utter_booked, next: END } ]
  dates:
    description: Asks for the days.
    if: false
    steps:
      - collect: [from_day, to_day]
      - noop: true
        next:
          - if: slots.to_day < slots.from_day
            then: [ { action: utter_bad_dates }, { set_slots: [ { to_day: null } ] }, { collect: to_day, next: END } ]
          - else: END
  pick_hotel:
    description: Finds and picks a hotel.
    if: false
    steps:
      - action: find_hotels
        with: { city: slots.city }
      - collect: hotel
        on_exhausted: utter_no_hotel
  nudge:
    description: Waits and asks again.
    nlu_trigger: [ { intent: nudge } ]
    steps:
      - wait: 10m
      - action: utter_nudge
      - collect: kept
        optional: true
        allow: [cancel]
  advise:
    description: Free words.
    nlu_trigger: [ { intent: advise } ]
    steps:
      - answer: knowledge
      - generate: { en: "Advise on {city}.", zh: "介绍{city}。" }
      - link: desk
  desk:
    description: Hands over.
    if: not user.blocked
    else: utter_blocked
    steps:
      - handoff: desk
      - action: utter_back
responses:
  utter_ask_city: [ { text: { en: Where to?, zh: 去哪里？ } } ]
  utter_ask_from_day_to_day: [ { text: { en: From when to when?, zh: 几号到几号？ } } ]
  utter_ask_from_day: [ { text: { en: From when?, zh: 几号出发？ } } ]
  utter_ask_to_day: [ { text: { en: Until when?, zh: 几号回来？ } } ]
  utter_ask_hotel: [ { text: { en: Which hotel?, zh: 哪家酒店？ } } ]
  utter_ask_seats: [ { text: { en: How many of you?, zh: 几位？ } } ]
  utter_ask_again: [ { text: { en: Another one?, zh: 再订一个？ } } ]
  utter_ask_kept: [ { text: { en: Anything to keep?, zh: 要保留什么？ } } ]
  utter_no_seats: [ { text: { en: At least one., zh: 至少一位。 } } ]
  utter_too_many_seats: [ { text: { en: Eight at most., zh: 最多八位。 } } ]
  utter_bad_dates: [ { text: { en: That ends before it begins., zh: 日期不对。 } } ]
  utter_confirm_trip: [ { text: { en: "{city}, {hotel}, {seats}?", zh: "确认？" } } ]
  utter_not_booked: [ { text: { en: Not booked., zh: 未预订。 } } ]
  utter_booked: [ { text: { en: Booked., zh: 已预订。 } } ]
  utter_booking_failed: [ { text: { en: Could not book., zh: 预订失败。 } } ]
  utter_no_hotel: [ { text: { en: No hotel then., zh: 没有酒店。 } } ]
  utter_nudge: [ { text: { en: Still there?, zh: 还在吗？ } } ]
  utter_blocked: [ { text: { en: You are blocked., zh: 已被屏蔽。 } } ]
  utter_back: [ { text: { en: Back again., zh: 回来了。 } } ]
actions:
  find_hotels: { input: { city: text }, sets: [hotels] }
  book_trip:
    effect: true
    requires: [confirmed]
    input: { city: text, from_day: date, to_day: date, hotel: text, seats: number }
`;
