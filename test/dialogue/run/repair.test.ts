import { describe, expect, test } from 'vitest';
import type { ResponseTemplate } from '../../../src/generation/realiser.ts';
import type { Command } from '../../../src/dialogue/command.ts';
import { createDialogue } from '../../../src/dialogue/create-dialogue.ts';
import { parseOpeningHours } from '../../../src/dialogue/opening-hours.ts';
import { nestedBot } from './nested-bot.ts';
import { refundActions, refundBot } from './refund-bot.ts';
import { cancel, correct, no, program, set, start, Talk, yes } from './talk.ts';

const bot = program(refundBot, nestedBot);
const talk = (): Talk => new Talk(bot, refundActions);

describe('repair', () => {
  test('a question in the middle of a task is answered, then the task goes on', () => {
    const one = talk();
    one.give(start('order_status'));
    expect(one.give({ kind: 'answer', question: 'Do you ship?', articles: ['shipping'] })).toEqual([
      'utter_no_answer',
      'utter_ask_order_id',
    ]);
    expect(one.effects[0]).toEqual({
      kind: 'generate',
      purpose: 'answer',
      question: 'Do you ship?',
      articles: ['shipping'],
    });
  });

  test('an answer and a question in one message are both heard, the question first', () => {
    const one = talk();
    one.give(start('rate'));
    expect(one.give(set('stars', 4), { kind: 'chitchat', intent: 'thank' })).toEqual([
      'utter_thank',
      'utter_rated',
      'utter_can_do_something_else',
    ]);
  });

  test('a clarification is answered by place, and its options are buttons', () => {
    const one = talk();
    expect(one.give({ kind: 'clarify', flows: ['order_status', 'rate'] })).toEqual([
      'utter_clarification_options_rasa',
    ]);
    expect(one.effects.at(-1)).toMatchObject({
      utterance: {
        buttons: [
          { title: { '*': 'check an order' }, payload: { kind: 'start_flow', flow: 'order_status' } },
          { title: { '*': 'rate us' }, payload: { kind: 'start_flow', flow: 'rate' } },
        ],
      },
    });
    expect(one.give({ kind: 'choose', option: 1 })).toEqual(['utter_ask_stars']);
  });

  test('of one task alone, the person is asked whether it is meant; a yes begins it', () => {
    const one = talk();
    expect(one.give({ kind: 'clarify', flows: ['rate'] })).toEqual(['utter_clarify_only_flow']);
    expect(one.give(yes)).toEqual(['utter_ask_stars']);
  });

  test('a value is no answer to a clarification, but it is not met with silence', () => {
    const one = talk();
    one.give({ kind: 'clarify', flows: ['order_status', 'rate'] });
    expect(one.give(correct('stars', 4))).toEqual(['utter_value_noted']);
  });

  test('when several tasks wait, the person says which to go on with', () => {
    const one = talk();
    one.give(start('trip'));
    one.give(start('order_status'));
    one.give(start('rate'));
    expect(one.give(set('stars', 5))).toEqual(['utter_rated', 'utter_ask_which_to_resume']);
    expect(one.give({ kind: 'choose', option: 1 })).toEqual(['utter_ask_city']);
    expect(one.state.stack.map(({ flow }) => flow)).toEqual(['order_status', 'trip']);
  });

  test('cancelling a digression goes back to the task below it', () => {
    const one = talk();
    one.give(start('trip'));
    one.give(start('order_status'));
    expect(one.give(cancel)).toEqual([
      'utter_flow_cancelled_rasa',
      'utter_flow_continue_interrupted',
      'utter_ask_city',
    ]);
  });

  test('cancelling and wanting something else in one message does both', () => {
    const one = talk();
    one.give(start('trip'));
    expect(one.give(cancel, start('rate'))).toEqual(['utter_flow_cancelled_rasa', 'utter_ask_stars']);
    expect(one.state.stack.map(({ flow }) => flow)).toEqual(['rate']);
  });

  test('a task is given up before it is asked what was meant beside that', () => {
    const one = talk();
    one.give(start('trip'));
    expect(one.give(cancel, { kind: 'clarify', flows: ['order_status', 'rate'] })).toEqual([
      'utter_flow_cancelled_rasa',
      'utter_clarification_options_rasa',
    ]);
    expect(one.give({ kind: 'choose', option: 1 })).toEqual(['utter_ask_stars']);
    expect(one.state.stack.map(({ flow }) => flow)).toEqual(['rate']);
  });

  test('what waits below a task for its answer is said again above it', () => {
    const one = talk();
    const lost: Command = { kind: 'cannot_handle', reason: 'invalid_input' };
    for (let time = 0; time < 3; time += 1) one.give(lost);
    one.give(start('rate'));
    expect(one.state.stack.map(({ flow }) => flow)).toEqual(['pattern_cannot_handle', 'rate']);
    expect(one.give(lost)).toEqual(['utter_ask_rephrase', 'utter_ask_stars']);
  });

  test('a question that may be skipped is skipped; another one is asked again', () => {
    const one = talk();
    one.give(start('rate'));
    expect(one.give({ kind: 'skip' })).toEqual(['utter_cannot_skip', 'utter_ask_stars']);
  });

  test('that a question cannot be skipped is said in the words that its slot has', () => {
    const own = `
responses:
  utter_cannot_skip_stars:
    - text: { en: One to five is enough., zh: 一到五就行。 }
`;
    const one = new Talk(program(refundBot, nestedBot, own), refundActions);
    one.give(start('rate'));
    expect(one.give({ kind: 'skip' })).toEqual(['utter_cannot_skip_stars', 'utter_ask_stars']);
  });

  test('why the bot asks is said in the words of the task', () => {
    const one = talk();
    one.give(start('order_status'));
    expect(one.give({ kind: 'explain' })).toEqual(['utter_explain', 'utter_ask_order_id']);
    expect(one.effects[0]).toMatchObject({
      values: { context: { flow_name: 'check an order', slot_name: 'order number' } },
    });
  });

  test('what was said is said again', () => {
    const one = talk();
    const first = one.give(start('rate'));
    expect(one.give({ kind: 'repeat' })).toEqual(first);
    one.give(set('stars', 3));
    expect(one.give({ kind: 'repeat' })).toEqual(['utter_rated', 'utter_can_do_something_else']);
  });

  test('starting over forgets what was told', () => {
    const one = talk();
    one.give(start('order_status'));
    expect(one.give({ kind: 'restart' })).toEqual(['utter_restarted']);
    expect(one.state.stack).toEqual([]);
  });

  test('messages that lead nowhere climb a ladder to a person', () => {
    const one = talk();
    const lost = { kind: 'cannot_handle', reason: 'invalid_input' } as const;
    expect(one.give(lost)).toEqual(['utter_ask_rephrase']);
    expect(one.give(lost)).toEqual(['utter_suggest_flows']);
    expect(one.give(lost)).toEqual(['utter_ask_wants_person']);
    const offered = one.state;
    expect(one.give(yes)).toEqual(['utter_human_handoff', 'utter_handed_over']);
    one.state = offered;
    expect(one.give(no)).toEqual(['utter_person_declined']);
  });

  test('what is suggested to someone who was not understood is what they may have meant, and tasks', () => {
    const one = talk();
    const lost = { kind: 'cannot_handle', reason: 'invalid_input', near: ['rate'] } as const;
    one.give(lost);
    one.give(lost);
    const suggested = one.state.options.map(({ command }) =>
      command.kind === 'start_flow' ? command.flow : '',
    );
    expect(suggested[0]).toBe('rate');
    expect(suggested).not.toContain('return_on_arrival');
  });

  test('giving up the first of two tasks from one message gives up both', () => {
    const one = talk();
    one.give(start('order_status'), start('rate'));
    expect(one.give(cancel)).toEqual(['utter_flow_cancelled_rasa']);
    expect(one.state.stack).toEqual([]);
  });

  test('names of flows are compared in the first language, and said in the person’s', () => {
    const own = `flows: { pattern_cancel_flow: { steps: [ { action: action_cancel_flow, next: [ { if: context.canceled_name is "request a refund", then: [ { action: utter_no_refund, next: END } ] }, { else: END } ] } ] } }
responses: { utter_no_refund: [ { text: "{context.canceled_name}" } ] }`;
    const one = new Talk(program(refundBot, own), refundActions);
    one.give(start('request_refund'));
    one.state = { ...one.state, locale: 'zh' };
    const message = {
      channel: 'test',
      conversation: 'test:1',
      id: '1',
      at: 0,
      content: { kind: 'text', text: 'x' },
    } as const;
    const { effects } = one.dialogue.advance(
      one.state,
      { kind: 'commands', commands: [cancel], message, locale: 'zh' },
      one,
    );
    expect(effects).toMatchObject([
      { utterance: { response: 'utter_no_refund' }, values: { context: { canceled_name: '申请退款' } } },
    ]);
  });

  test('an attachment gets a civil answer and is no failed try', () => {
    const one = talk();
    one.give(start('rate'));
    const media = { kind: 'attachment', media: 'audio' } as const;
    const heard = one.hear(media, [{ kind: 'cannot_handle', reason: 'attachment' }]);
    expect(heard).toEqual(['utter_cannot_read_attachment', 'utter_ask_stars']);
    expect(one.state.misses).toBe(0);
  });

  test('an opened conversation is greeted, once', () => {
    const one = talk();
    expect(one.hear({ kind: 'opened' })).toEqual(['utter_welcome']);
    one.give(start('rate'));
    expect(one.hear({ kind: 'opened' })).toEqual(['utter_ask_stars']);
  });

  test('while a person answers, the bot is silent until it is given the conversation back', () => {
    const one = talk();
    expect(one.give({ kind: 'handoff' })).toEqual(['utter_human_handoff', 'utter_handed_over']);
    expect(one.give(start('rate'), set('stars', 2))).toEqual([]);
    expect(one.hear({ kind: 'released', by: 'operator' })).toEqual(['utter_taken_back']);
    expect(one.give(start('rate'))).toEqual(['utter_ask_stars']);
  });

  test('outside their hours, people answer later, and the bot says from when', () => {
    const handoverHours = parseOpeningHours({ 'mon-fri': '9:00-18:00' });
    const one = new Talk(bot, refundActions, { handoverHours, timeZone: 'Europe/Paris' });
    one.now = Date.parse('2026-11-21T12:00Z');
    expect(one.give({ kind: 'handoff' })).toEqual(['utter_human_handoff', 'utter_handed_over_closed']);
    expect(one.effects).toContainEqual(
      expect.objectContaining({ kind: 'handoff', opensAt: Date.parse('2026-11-23T08:00Z') }),
    );
    expect(one.effects.at(-1)).toMatchObject({ values: { context: { opens: '2026-11-23T09:00+01:00' } } });
    expect(one.hear({ kind: 'released', by: 'customer' })).toEqual(['utter_taken_back']);
    one.now = Date.parse('2026-11-23T08:00Z');
    expect(one.give({ kind: 'handoff' })).toEqual(['utter_human_handoff', 'utter_handed_over']);
  });

  test('a timer goes off once, and the flow goes on', () => {
    const one = talk();
    one.give(start('nudge'));
    expect(one.effects.at(-1)).toMatchObject({ kind: 'schedule', delayMs: 600_000 });
    const timer = one.events.flatMap((event) => (event.kind === 'timer_set' ? [event.timer] : []))[0] ?? '';
    const fire = () => one.hear({ kind: 'timer', timer }, [{ kind: 'silence', timer }]);
    expect(fire()).toEqual(['utter_nudge', 'utter_ask_kept']);
    expect(fire()).toEqual(['utter_ask_kept']);
  });

  test('what a question does not allow is refused; a person is reached all the same', () => {
    const one = talk();
    one.give(start('nudge'));
    const timer = one.events.flatMap((event) => (event.kind === 'timer_set' ? [event.timer] : []))[0] ?? '';
    one.hear({ kind: 'timer', timer }, [{ kind: 'silence', timer }]);
    expect(one.give(start('rate'))).toEqual(['utter_not_allowed', 'utter_ask_kept']);
    expect(one.give({ kind: 'handoff' })).toEqual(['utter_human_handoff', 'utter_handed_over']);
  });
});

describe('a trip of several tasks', () => {
  test('two slots are asked for in one question, and the rest of it by itself', () => {
    const one = talk();
    one.give(start('trip'));
    expect(one.give(set('city', 'Paris'))).toEqual(['utter_ask_from_day_to_day']);
    expect(one.give(set('from_day', '2026-12-01'))).toEqual(['utter_ask_to_day']);
    expect(one.give(set('to_day', '2026-12-05'))).toEqual(['utter_ask_hotel']);
    expect(one.runs.map(({ action, input }) => [action, input])).toEqual([
      ['find_hotels', { city: 'Paris' }],
    ]);
  });

  test('a correction reaches into a called flow that is finished, and runs only what read it', () => {
    const one = talk();
    one.give(start('trip'));
    one.give(set('city', 'Paris'));
    one.give(set('from_day', '2026-12-01'), set('to_day', '2026-12-05'));
    one.give(set('hotel', 'Ritz'));
    expect(one.give(correct('city', 'Rome'))).toEqual(['utter_corrected_previous_input', 'utter_ask_seats']);
    expect(one.runs.map(({ input }) => input)).toEqual([{ city: 'Paris' }, { city: 'Rome' }]);
    expect(one.state.slots).toMatchObject({ city: 'Rome', hotel: 'Ritz', from_day: '2026-12-01' });
  });

  test('a rejected value is told why, whether the slot or the question rejects it', () => {
    const one = talk();
    one.give(start('trip'));
    one.give(set('city', 'Paris'));
    one.give(set('from_day', '2026-12-01'), set('to_day', '2026-12-05'));
    one.give(set('hotel', 'Ritz'));
    expect(one.give(set('seats', 0))).toEqual(['utter_no_seats', 'utter_ask_seats']);
    expect(one.give(set('seats', 9))).toEqual(['utter_too_many_seats', 'utter_ask_seats']);
  });
});

describe('a bot that was updated in mid-conversation', () => {
  const older = program(refundBot);
  const changed = refundBot.replace('      - collect: note\n        optional: true\n', '');
  const newer = program(changed);

  function asked(options = {}): Talk {
    const one = new Talk(older, refundActions);
    one.give(start('request_refund'), set('order_id', 'AB123456'));
    one.give(set('email', 'ann@example.org'));
    const next = new Talk(newer, refundActions, options);
    next.state = one.state;
    return next;
  }

  test('finishes the flow on the older program, where it is at hand', () => {
    const one = asked({ programFor: (version: string) => (version === older.version ? older : undefined) });
    expect(one.give(set('reason', 'late'))).toEqual(['utter_ask_note']);
  });

  test('begins the flow again with a word, and keeps what was told', () => {
    const one = asked();
    expect(one.give(set('reason', 'late'))).toEqual(['utter_bot_updated', 'utter_confirm_refund']);
  });

  test('a flow that did not change goes on', () => {
    const one = new Talk(older, refundActions);
    one.give(start('rate'));
    const next = new Talk(newer, refundActions);
    next.state = one.state;
    expect(next.give(set('stars', 4))).toEqual(['utter_rated', 'utter_can_do_something_else']);
  });
});

test('the state of a conversation does not grow with it', () => {
  const one = talk();
  const sizes: number[] = [];
  for (let at = 0; at < 200; at += 1) {
    one.give(start('order_status'), set('order_id', 'AB123456'));
    sizes.push(JSON.stringify(one.state).length);
  }
  expect(new Set(sizes.slice(2)).size).toBe(1);
});

test('every response that the engine ships is in English and in Chinese', () => {
  const shipped: readonly ResponseTemplate[] = Object.values(program('version: "1"').responses);
  const missing = shipped.filter(({ variants }) => variants.some(({ text }) => !text['en'] || !text['zh']));
  expect(missing.map(({ name }) => name)).toEqual([]);
  expect(createDialogue(bot).version).toBe(bot.version);
});
