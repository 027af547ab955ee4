import { expect, test } from 'vitest';
import { renderFailure } from '../../src/cli/render-golden.ts';
import { checkExpectations } from '../../src/testing/check-expectations.ts';
import type { Expectation, GoldenDialogue } from '../../src/testing/golden-dialogue.ts';
import type { TestTurn } from '../../src/testing/test-session.ts';

const position = { file: 'test/conversations/cakes.yml', line: 4, column: 1 };
const expectations: readonly Expectation[] = [
  { kind: 'bot_uttered', response: 'utter_confirm', position },
  { kind: 'action_executed', action: 'look_up', position: { ...position, line: 6 } },
];
const seen: TestTurn = {
  ...{ events: [], transitions: [], question: undefined, logged: '', sentToLlm: '' },
  messages: [{ text: 'Sold out.', locale: 'en', source: 'utter_sold_out' }],
};
const turn = { user: 'a cake', metadata: {}, expectations, position };
const dialogue: GoldenDialogue = {
  ...{ name: 'a cake', position, turns: [turn], slots: {}, metadata: {}, stubs: [] },
  ...{ ordered: false, generated: false },
};
const plain = (text: string): string => text;
const colours = {
  ...{ bold: plain, dim: plain, red: plain, green: plain, yellow: plain, blue: plain, cyan: plain },
};

test('a failure is a diff of the dialogue: what was expected, and what came instead', () => {
  const failures = checkExpectations(expectations, seen, false);
  const rendered = renderFailure(
    { dialogue, passed: false, turns: [{ turn, seen, failures }], events: [] },
    colours,
  );
  expect(rendered.split('\n')).toEqual([
    '✗ a cake  test/conversations/cakes.yml:4',
    '    user  a cake',
    '  - expected utter_confirm line 4',
    '  - expected action look_up line 6',
    '  + bot   Sold out. utter_sold_out',
    '  + no action ran',
  ]);
});

test.each([
  [{ response: 'utter_sold_out' }, 'expected not to hear utter_sold_out'],
  [{ pattern: '[Ss]old' }, 'expected not to hear a message matching /[Ss]old/'],
  [{ response: 'utter_sold_out', pattern: 'closed' }, undefined],
  [{ response: 'utter_confirm' }, undefined],
])('what must not be said fails by all of its marks together: %j', (message, expected) => {
  const [failure] = checkExpectations([{ kind: 'bot_not_uttered', ...message, position }], seen, false);
  expect(failure?.expected).toBe(expected);
});
