import { expect, test } from 'vitest';
import type { Command } from '../../../src/dialogue/command.ts';
import { nestedBot } from './nested-bot.ts';
import { refundActions, refundBot } from './refund-bot.ts';
import { program, set, start, Talk } from './talk.ts';

const bot = program(refundBot, nestedBot);
const silence = { nudgeMs: 600_000, expireMs: 86_400_000 };
const timer = 'silence';

function scheduled({ effects }: Talk): readonly unknown[] {
  return effects.flatMap((effect) => (effect.kind === 'schedule' ? [[effect.timer, effect.delayMs]] : []));
}

function wait(one: Talk): readonly string[] {
  const commands: readonly Command[] = [{ kind: 'silence', timer }];
  return one.hear({ kind: 'timer', timer }, commands);
}

test('who does not answer is nudged and asked again, then the task is given up', () => {
  const one = new Talk(bot, refundActions, { silence });
  one.give(start('order_status'));
  expect(scheduled(one)).toEqual([[timer, 600_000]]);
  expect(wait(one)).toEqual(['utter_ask_still_there', 'utter_ask_order_id']);
  expect(scheduled(one)).toEqual([[timer, 86_400_000]]);
  expect(wait(one)).toEqual(['utter_inform_hangup']);
  expect(one.events.filter(({ kind }) => kind === 'flow_cancelled')).toMatchObject([
    { flow: 'order_status' },
  ]);
  expect([one.state.stack, scheduled(one)]).toEqual([[], []]);
});

test('who answers is watched anew from then on', () => {
  const one = new Talk(bot, refundActions, { silence });
  one.give(start('rate'));
  wait(one);
  one.give({ kind: 'repeat' });
  expect(scheduled(one)).toEqual([[timer, 600_000]]);
});

test('nobody is watched who was asked nothing, or is answered by a person', () => {
  const one = new Talk(bot, refundActions, { silence });
  one.give(start('rate'));
  one.give(set('stars', 4));
  expect(one.events).toContainEqual({ kind: 'timer_cancelled', timer });
  one.give(start('rate'));
  one.give({ kind: 'handoff' });
  expect(one.events).toContainEqual({ kind: 'timer_cancelled', timer });
  expect(scheduled(one)).toEqual([]);
});

test('a choice that was offered can still be made after the nudge', () => {
  const one = new Talk(bot, refundActions, { silence });
  one.give({ kind: 'clarify', flows: ['order_status', 'rate'] });
  expect(wait(one)).toEqual(['utter_ask_still_there']);
  expect(one.give({ kind: 'choose', option: 1 })).toEqual(['utter_ask_stars']);
});

test.each([
  [{ nudgeMs: 1 }, ['utter_ask_still_there', 'utter_ask_stars']],
  [{ expireMs: 1 }, ['utter_inform_hangup']],
])('with %j alone, silence means that alone', (limits, said) => {
  const one = new Talk(bot, refundActions, { silence: limits });
  one.give(start('rate'));
  expect(wait(one)).toEqual(said);
  expect(scheduled(one)).toEqual([]);
});

test('without limits nothing is scheduled, and the state holds nothing of it', () => {
  const one = new Talk(bot, refundActions);
  one.give(start('rate'));
  expect([scheduled(one), 'silence' in one.state]).toEqual([[], false]);
});
