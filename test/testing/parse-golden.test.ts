import { expect, test } from 'vitest';
import { parseGolden } from '../../src/testing/parse-golden.ts';

// The keys of Rasa's end-to-end tests, as its documentation describes them.
// https://rasa.com/docs/rasa-pro/production/e2e-testing-with-assertions
const rasa = `
fixtures:
  - premium:
      - membership_type: premium
      - logged_in: True
  - standard:
      - logged_in: True
      - membership_type: standard

metadata:
  - user_info:
      language: English
      location: Europe

test_cases:
  - test_case: Standard user journey
    fixtures:
      - standard
    metadata: user_info
    steps:
      - user: "Hi!"
      - utter: utter_greet
      - user: I would like to transfer money
        assertion_order_enabled: true
        assertions:
          - flow_started: "transfer_money"
          - bot_uttered:
              utter_name: utter_ask_recipient
          - bot_did_not_utter:
              text_matches: "[Ss]orry"
      - user: "to James"
        assertions:
          - slot_was_set:
              - name: recipient
                value: James
          - slot_was_not_set:
              - name: amount
      - slot_was_set:
          - recipient: James
      - bot: "How much money would you like to send?"

stub_custom_actions:
  check_balance:
    events:
      - event: slot
        name: account_balance
        value: 1000
    responses:
      - text: "Your balance is 1000."
`;

test("Rasa's end-to-end tests are read as they are", () => {
  const { dialogues, diagnostics } = parseGolden('e2e.yml', rasa);
  expect(diagnostics).toEqual([]);
  expect(dialogues[0]).toMatchObject({
    name: 'Standard user journey',
    slots: { logged_in: true, membership_type: 'standard' },
    metadata: { language: 'English', location: 'Europe' },
    ordered: true,
    stubs: [{ action: 'check_balance', results: [{ set: { account_balance: 1000 } }] }],
  });
  expect(dialogues[0]?.turns.map(({ user, expectations }) => [user, expectations.length])).toEqual([
    ['Hi!', 1],
    ['I would like to transfer money', 3],
    ['to James', 4],
  ]);
});

test('what the bot did not say is read by the same marks as what it said', () => {
  const { dialogues } = parseGolden('e2e.yml', rasa);
  expect(dialogues[0]?.turns[1]?.expectations.at(-1)).toMatchObject({
    kind: 'bot_not_uttered',
    pattern: '[Ss]orry',
  });
});

test('time passes in a step of its own', () => {
  const text =
    'test_cases:\n  - test_case: a pause\n    steps:\n      - user: hello\n      - wait: 10m\n      - utter: utter_still_there\n';
  const { dialogues } = parseGolden('wait.yml', text);
  expect(dialogues[0]?.turns).toMatchObject([
    { user: 'hello', expectations: [] },
    { user: undefined, waitMs: 600_000, expectations: [{ response: 'utter_still_there' }] },
  ]);
});

test('a wait that is no duration is refused where it stands', () => {
  const text = 'test_cases:\n  - test_case: a pause\n    steps:\n      - user: hello\n      - wait: soon\n';
  const { diagnostics } = parseGolden('wait.yml', text);
  expect(diagnostics).toMatchObject([{ rule: 'golden-dialogue', position: { line: 5 } }]);
});
