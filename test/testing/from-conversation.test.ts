import { expect, test } from 'vitest';
import type { TrackerEvent } from '../../src/dialogue/tracker-event.ts';
import { fromConversation } from '../../src/testing/from-conversation.ts';
import { parseGolden } from '../../src/testing/parse-golden.ts';
import { bakery } from './small-flows.ts';

const events: readonly TrackerEvent[] = [
  { kind: 'user_message', messageId: '1', text: 'a large cake', content: null, commands: [] },
  { kind: 'flow_started', flow: 'order_cake', by: 'person' },
  { kind: 'slot_set', slot: 'size', value: 'large' },
  { kind: 'action_started', action: 'look_up', key: 'k', input: { size: 'large' } },
  { kind: 'action_finished', action: 'look_up', key: 'k', outcome: 'ran' },
  { kind: 'slot_set', slot: 'in_stock', value: true },
  { kind: 'state_entered', flow: 'order_cake', step: 'ask' },
  {
    kind: 'bot_message',
    message: { text: 'A large cake for 3?', locale: 'en', source: 'utter_confirm' },
  },
  {
    ...{ kind: 'user_message', messageId: '2', commands: [] },
    content: { kind: 'payload', payload: { kind: 'command', command: 'affirm' } },
  },
];

test('a conversation becomes a test that reads back: what was said, set and called, with the results scripted', () => {
  const text = fromConversation({ id: 'web:1', locale: 'en', startedAt: 0, events }, bakery());
  const { dialogues, diagnostics } = parseGolden('from.yml', text);
  expect(diagnostics).toEqual([]);
  expect(dialogues[0]).toMatchObject({ name: 'from web:1', locale: 'en', now: 0 });
  expect(dialogues[0]?.turns.map(({ user }) => user)).toEqual(['a large cake', '/affirm']);
  expect(dialogues[0]?.turns[0]?.expectations).toMatchObject([
    { kind: 'flow_started', flow: 'order_cake' },
    { kind: 'slot_set', slot: 'size', value: 'large' },
    { kind: 'action_executed', action: 'look_up', input: { size: 'large' } },
    { kind: 'slot_set', slot: 'in_stock', value: true },
    { kind: 'bot_uttered', response: 'utter_confirm' },
  ]);
  expect(dialogues[0]?.stubs).toMatchObject([{ action: 'look_up', results: [{ set: { in_stock: true } }] }]);
  expect(text).toContain('personal data');
});
