import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import type { InboundContent, Payload } from '../../../src/message.ts';
import { refundActions, refundBot } from './refund-bot.ts';
import { program, set, start, Talk } from './talk.ts';

// Whoever calls the API may send any payload that the schema allows, also one that no button of the bot ever had.

const bot = program(refundBot);

/** Somebody in the middle of a refund, who was asked for the reason. */
function inTheMiddle(): Talk {
  const one = new Talk(bot, refundActions);
  one.give(start('request_refund'), set('order_id', 'AB123456'));
  one.give(set('email', 'ann@example.org'));
  return one;
}

function press(one: Talk, payload: Payload): readonly string[] {
  const content: InboundContent = { kind: 'payload', payload };
  const message = { channel: 'test', conversation: 'test:1', id: '1', at: 0, content };
  const { commands } = one.dialogue.interpret(one.state, message, undefined);
  return one.hear(content, commands);
}

test.each<readonly [string, JsonObject]>([
  ['what an action found out', { order_state: 'processing' }],
  ['the amount', { amount: { amount: 9_999, currency: 'EUR' } }],
  ['how an action ended', { refund_ok: true }],
  ['who the person is', { 'user.signed_in': true }],
])('a forged button cannot say %s', (_, slots) => {
  const one = inTheMiddle();
  const { slots: before, user } = one.state;
  press(one, { kind: 'set_slots', slots });
  expect(one.state.slots).toEqual(before);
  expect(one.state.user).toEqual(user);
  press(one, { kind: 'intent', intent: 'inform', entities: slots });
  expect(one.state.slots).toEqual(before);
});

test('a forged yes is none to a question that was not asked', () => {
  const one = inTheMiddle();
  press(one, { kind: 'command', command: 'affirm' });
  press(one, { kind: 'set_slots', slots: { reason: 'damaged' } });
  expect(one.runs.map(({ action }) => action)).not.toContain('issue_refund');
});

test.each(['sign_in', 'shop_unavailable', 'pattern_completed', 'nothing'])(
  'a forged button does not start what people do not start: %s',
  (flow) => {
    const one = inTheMiddle();
    press(one, { kind: 'start_flow', flow });
    expect(one.state.stack[0]?.flow).toBe('request_refund');
    expect(one.state.stack.map((frame) => frame.flow)).not.toContain(flow);
  },
);

test('a forged button cannot pass the guard of a flow', () => {
  const one = new Talk(bot, refundActions);
  expect(press(one, { kind: 'start_flow', flow: 'request_refund' })).toEqual(['utter_ask_order_id']);
  expect(one.state.stack.map(({ flow }) => flow)).toEqual(['request_refund', 'sign_in']);
});
