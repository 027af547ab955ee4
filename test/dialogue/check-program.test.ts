import { describe, expect, test } from 'vitest';
import { checkProgram } from '../../src/dialogue/check-program.ts';
import type { CheckInputs } from '../../src/dialogue/checks/check-context.ts';
import { toSarif } from '../../src/dialogue/checks/to-sarif.ts';
import { parseProgram } from '../../src/dialogue/parse-program.ts';

const SLOTS = `
slots:
  a: { type: text }
  n: { type: number }
  state: { type: choice, choices: [open, closed] }
  yes: { type: boolean }
responses:
  utter_ask_a: [ { text: A? } ]
  utter_ask_n: [ { text: N? } ]
  utter_ask_state: [ { text: State? } ]
  utter_ask_yes: [ { text: Yes? } ]
  utter_confirm: [ { text: Right? } ]
actions:
  pay: { effect: true, requires: [confirmed, user.signed_in], input: { a: text }, sets: [] }
  read: { requires: [user.signed_in], input: { a: text }, sets: [state] }
`;

function rulesOf(flows: string, inputs: CheckInputs = {}): readonly string[] {
  const program = parseProgram([{ file: 'a.yml', text: `flows:\n${flows}\n${SLOTS}` }], { locales: ['en'] });
  return checkProgram(program, inputs).map(({ rule, position }) => `${rule} ${position.line}`);
}

describe('what is proved', () => {
  test('a guard that every caller has proves a fact in the flow they call', () => {
    const flows = `
  one:
    if: user.signed_in
    steps: [ { collect: a }, { call: shared } ]
  shared:
    if: false
    steps: [ { action: read } ]
  other:
    if: GUARD
    steps: [ { collect: a }, { call: shared } ]`;
    expect(rulesOf(flows.replace('GUARD', 'user.signed_in and user.adult'))).toEqual([]);
    expect(rulesOf(flows.replace('GUARD', 'user.adult'))).toEqual(['effect-unguarded 8']);
  });

  test('a value is known after a call that sets it on every path to its end, and not after one that may not', () => {
    const flows = (callee: string): string => `
  caller:
    steps:
      - call: callee
      - noop: true
        next: [ { if: slots.n > 3, then: END }, { else: END } ]
  callee:
    if: false
    steps: ${callee}`;
    expect(rulesOf(flows('[ { collect: n } ]'))).toEqual([]);
    expect(rulesOf(flows('[ { collect: n, optional: true } ]'))).toEqual(['slot-may-be-unset 7']);
    expect(rulesOf(flows('[ { collect: n, optional: true, default: 4 } ]'))).toEqual([]);
  });

  test('a yes is lost when a confirmed slot is written again', () => {
    const flows = (between: string): string => `
  buy:
    if: user.signed_in
    steps:
      - collect: a
      - { confirm: a, utter: utter_confirm }
${between}
      - action: pay`;
    expect(rulesOf(flows('      - say: Thanks.'))).toEqual([]);
    expect(rulesOf(flows('      - set_slots: { a: changed }'))).toEqual(['effect-unguarded 9']);
  });

  test('the way round a confirmation is found', () => {
    const flows = `
  buy:
    if: user.signed_in
    steps:
      - collect: a
        next: [ { if: slots.a is 'x', then: pay }, { else: ask } ]
      - id: ask
        confirm: a
        utter: utter_confirm
      - id: pay
        action: pay`;
    expect(rulesOf(flows)).toEqual(['effect-unguarded 12']);
  });

  test('a loop that clears its question goes round by asking', () => {
    const flows = (clear: string): string => `
  ask:
    steps:
      - id: again
        collect: a
      - set_slots: { ${clear} }
        next: [ { if: context.done, then: END }, { else: again } ]`;
    expect(rulesOf(flows('a: null'))).toEqual([]);
    expect(rulesOf(flows('n: 1'))).toEqual(['endless-loop 5']);
  });

  test('two flows that link each other need a question between them', () => {
    const flows = (first: string): string => `
  one: { steps: [ ${first}, { link: two } ] }
  two: { steps: [ { say: Two. }, { link: one } ] }`;
    expect(rulesOf(flows('{ say: One. }'))).toEqual(['endless-loop 3']);
    expect(rulesOf(flows('{ collect: a, ask_before_filling: true }'))).toEqual([]);
  });

  test.each([
    ['slots.yes', 'not slots.yes', []],
    ['slots.state is "open"', 'slots.state is "closed"', []],
    ['slots.n < 18', 'slots.n >= 18', []],
    ['slots.n < 18', 'slots.n > 18', ['branch-not-exhaustive 4']],
    ['slots.state is "open"', 'slots.yes', ['branch-not-exhaustive 4']],
  ])('after `%s` and `%s`, what is left is counted', (one, other, found) => {
    const flows = `
  f:
    steps: [ { collect: yes }, { collect: state }, { collect: n, next: [ { if: ONE, then: END }, { if: OTHER, then: END } ] } ]`;
    expect(rulesOf(flows.replace('ONE', `'${one}'`).replace('OTHER', `'${other}'`))).toEqual(found);
  });

  test('two flows may share an intent when their guards exclude each other', () => {
    const flows = (guard: string): string => `
  one: { nlu_trigger: [x], if: user.member, steps: [ { say: One. } ] }
  two: { nlu_trigger: [x], if: ${guard}, steps: [ { say: Two. } ] }`;
    expect(rulesOf(flows('not user.member'))).toEqual([]);
    expect(rulesOf(flows('user.adult'))).toEqual(['shared-trigger 4']);
  });
});

test('findings are written as SARIF, with their rules explained', () => {
  const program = parseProgram([{ file: 'a.yml', text: 'flows: { f: { steps: [ { link: g } ] } }' }], {
    locales: ['en'],
  });
  expect(toSarif(checkProgram(program))).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            rules: [{ id: 'unknown-flow', shortDescription: { text: expect.any(String) as string } }],
          },
        },
        results: [
          {
            ruleId: 'unknown-flow',
            level: 'error',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'a.yml' },
                  region: { startLine: 1, startColumn: 32 },
                },
              },
            ],
          },
        ],
      },
    ],
  });
});
