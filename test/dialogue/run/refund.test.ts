import { describe, expect, test } from 'vitest';
import { refundActions, refundBot } from './refund-bot.ts';
import { cancel, correct, no, program, set, start, Talk, yes } from './talk.ts';

const bot = program(refundBot);
const talk = (): Talk => new Talk(bot, refundActions);

function signedIn(): Talk {
  const one = talk();
  one.give(start('request_refund'), set('order_id', 'AB123456'));
  one.give(set('email', 'ann@example.org'));
  return one;
}

describe('a refund', () => {
  test('a guard that refuses calls the sign-in, and the refund goes on by itself', () => {
    const one = talk();
    expect(one.give(start('request_refund'))).toEqual(['utter_ask_order_id']);
    expect(one.give(set('order_id', 'AB123456'))).toEqual(['utter_ask_email']);
    expect(one.give(set('email', 'ann@example.org'))).toEqual(['utter_ask_reason']);
    expect(one.runs.map(({ action }) => action)).toEqual(['verify', 'find_order']);
  });

  test('a yes binds to the values shown, and the effect runs with them', () => {
    const one = signedIn();
    expect(one.give(set('reason', 'damaged'))).toEqual(['utter_ask_note']);
    expect(one.give({ kind: 'skip' })).toEqual(['utter_skip_question_answer', 'utter_confirm_refund']);
    expect(one.give(yes)).toEqual(['utter_refunded', 'utter_can_do_something_else']);
    expect(one.runs.at(-1)).toMatchObject({
      action: 'issue_refund',
      effect: true,
      input: { order_id: 'AB123456', amount: { amount: 20, currency: 'EUR' }, reason: 'damaged' },
    });
    expect(one.effects.at(-1)).toEqual({ kind: 'end', outcome: undefined });
    expect(one.state.stack).toEqual([]);
    expect(one.state.slots['order_id']).toBeNull();
  });

  test('a correction in the same breath as a yes is confirmed again, and only what depended on it runs again', () => {
    const one = signedIn();
    one.give(set('reason', 'damaged'));
    one.give({ kind: 'skip' });
    const before = one.runs.length;
    expect(one.give(yes, correct('reason', 'late'))).toEqual([
      'utter_corrected_previous_input',
      'utter_confirm_refund',
    ]);
    expect(one.runs.length).toBe(before);
    expect(one.give(yes, correct('order_id', 'CD654321'))).toEqual([
      'utter_corrected_previous_input',
      'utter_confirm_refund',
    ]);
    expect(one.runs.slice(before).map(({ action }) => action)).toEqual(['find_order']);
    one.give(yes);
    expect(one.runs.at(-1)?.input).toEqual({
      order_id: 'CD654321',
      amount: { amount: 30, currency: 'EUR' },
      reason: 'late',
    });
  });

  test('a no takes the way out, and nothing runs', () => {
    const one = signedIn();
    one.give(set('reason', 'damaged'));
    one.give({ kind: 'skip' });
    expect(one.give(no)).toEqual(['utter_not_refunded', 'utter_can_do_something_else']);
    expect(one.runs.map(({ action }) => action)).not.toContain('issue_refund');
  });

  test('cancelling says what was stopped, and clears what was told', () => {
    const one = signedIn();
    expect(one.give(cancel)).toEqual(['utter_flow_cancelled_rasa']);
    expect(one.effects[0]).toMatchObject({ values: { context: { canceled_name: 'request a refund' } } });
    expect(one.state.stack).toEqual([]);
    expect(one.state.slots['order_id']).toBeNull();
  });

  test('cancelling a called flow cancels its caller', () => {
    const one = talk();
    one.give(start('request_refund'));
    expect(one.give(cancel)).toEqual(['utter_flow_cancelled_rasa']);
    expect(one.state.stack).toEqual([]);
  });

  test('a digression comes back to the question, with the task and its values untouched', () => {
    const one = signedIn();
    expect(one.give(start('order_status'), set('order_id', 'SH000001'))).toEqual([
      'utter_order_status',
      'utter_flow_continue_interrupted',
      'utter_ask_reason',
    ]);
    expect(one.state.slots['order_id']).toBe('AB123456');
  });

  test('a yes is set aside with its task, and comes back with it', () => {
    const one = signedIn();
    one.give(set('reason', 'damaged'));
    one.give({ kind: 'skip' });
    one.give(yes, { kind: 'clarify', flows: ['rate', 'order_status'] });
    one.give(start('rate'));
    expect(one.state.confirmed).toBeNull();
    expect(one.give(set('stars', 5))).toContain('utter_refunded');
    const told = one.events.flatMap((event) => (event.kind === 'confirmed' ? [event.values] : []));
    expect(told).toEqual([
      { order_id: 'AB123456', amount: { amount: 20, currency: 'EUR' }, reason: 'damaged' },
    ]);
  });

  test('a failing action takes its on_error', () => {
    const one = new Talk(bot, { ...refundActions, find_order: () => 'error' });
    one.give(start('request_refund'), set('order_id', 'AB123456'));
    expect(one.give(set('email', 'ann@example.org'))).toEqual([
      'utter_shop_down',
      'utter_can_do_something_else',
    ]);
  });

  test('an effect whose end nobody knows goes to a person', () => {
    const one = new Talk(bot, { ...refundActions, issue_refund: () => 'unknown_outcome' });
    one.give(start('request_refund'), set('order_id', 'AB123456'));
    one.give(set('email', 'ann@example.org'));
    one.give(set('reason', 'damaged'));
    one.give({ kind: 'skip' });
    expect(one.give(yes)).toEqual(['utter_human_handoff', 'utter_handed_over']);
    expect(one.state.owner).toBe('person');
    expect(one.give(start('order_status'))).toEqual([]);
    expect(one.give({ kind: 'resume' })).toEqual(['utter_taken_back']);
  });

  test('a question is given up after its attempts, and a person takes over', () => {
    const one = talk();
    one.give(start('request_refund'));
    expect(one.give(set('order_id', 'nonsense'))).toEqual(['utter_invalid_value', 'utter_ask_order_id']);
    expect(one.give({ kind: 'cannot_handle', reason: 'invalid_input' })).toEqual([
      'utter_ask_rephrase',
      'utter_ask_order_id',
    ]);
    expect(one.give(set('order_id', 'nonsense'))).toEqual([
      'utter_invalid_value',
      'utter_human_handoff',
      'utter_handed_over',
    ]);
  });

  test('a rejected value is asked again, with the reason', () => {
    const one = talk();
    one.give(start('rate'));
    expect(one.give(set('stars', 9))).toEqual(['utter_too_many', 'utter_ask_stars']);
    expect(one.give(set('stars', 4))).toEqual(['utter_rated', 'utter_can_do_something_else']);
  });

  test('two tasks in one message are done one after the other', () => {
    const one = talk();
    expect(one.give(start('rate'), start('order_status'), set('order_id', 'AB123456'))).toEqual([
      'utter_ask_stars',
    ]);
    expect(one.give(set('stars', 5))).toEqual([
      'utter_rated',
      'utter_order_status',
      'utter_can_do_something_else',
    ]);
  });
});
