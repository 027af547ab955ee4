import { builtInPatterns } from '../../src/dialogue/built-in-patterns.ts';
import { parseProgram } from '../../src/dialogue/parse-program.ts';
import type { Program } from '../../src/dialogue/program.ts';

const flows = `
slots:
  size: { type: choice, choices: [small, large] }
  guests: { type: number }
  in_stock: { type: boolean }
flows:
  order_cake:
    name: order a cake
    description: The customer wants a cake.
    nlu_trigger: [ { intent: order_cake } ]
    steps:
      - collect: size
      - collect: guests
        rejections: [ { if: slots.guests > 12, utter: utter_too_many } ]
      - action: look_up
        on_error: utter_closed
        next:
          - if: slots.in_stock
            then: ask
          - else: [ { say: utter_sold_out, next: END } ]
      - id: ask
        confirm: [size, guests]
        utter: utter_confirm
        else: utter_not_ordered
      - action: bake
      - say: utter_baked
  thank_baker:
    name: thank the baker
    description: The customer is happy.
    nlu_trigger: [ { intent: thank_baker } ]
    steps:
      - say: utter_pleased
actions:
  look_up: { input: { size: choice }, sets: [in_stock] }
  bake: { effect: true, requires: [confirmed], input: { size: choice, guests: number } }
responses:
  utter_ask_size: [ { text: Small or large? } ]
  utter_ask_guests: [ { text: For how many? } ]
  utter_too_many: [ { text: At most twelve. } ]
  utter_closed: [ { text: The bakery is closed. } ]
  utter_sold_out: [ { text: Sold out. } ]
  utter_confirm: [ { text: 'A {size} cake for {guests}?' } ]
  utter_not_ordered: [ { text: No cake then. } ]
  utter_baked: [ { text: It is in the oven. } ]
  utter_pleased: [ { text: We are pleased. } ]
`;

/** A bakery with a question, a refusal, an action with two ends, and a confirmation. */
export function bakery(): Program {
  return programOf(flows);
}

/** A question that has an answer of its own, one of the engine's actions, and two cases that do the same. */
export function leaving(): Program {
  return programOf(`
slots:
  guests: { type: number }
  bill: { type: choice, choices: [open, paid, waived] }
flows:
  leave:
    description: The customer leaves with everybody.
    nlu_trigger: [ { intent: leave } ]
    steps:
      - collect: guests
        default: 1
        on_exhausted: utter_left
      - action: action_restart
      - action: find_bill
      - switch: slots.bill
        open: [ { say: utter_please_pay, next: END } ]
        paid: [ { say: utter_left, next: END } ]
        waived: [ { say: utter_left, next: END } ]
actions:
  find_bill: { input: {}, sets: [bill] }
responses:
  utter_ask_guests: [ { text: How many are leaving? } ]
  utter_please_pay: [ { text: There is a bill. } ]
  utter_left: [ { text: Goodbye. } ]
`);
}

function programOf(text: string): Program {
  return parseProgram([{ file: 'flows/bakery.yml', text }], {
    locales: ['en'],
    builtin: builtInPatterns(),
  });
}
