import { expect, test } from 'vitest';
import { refundActions, refundBot } from '../run/refund-bot.ts';
import { program, set, start, Talk } from '../run/talk.ts';
import { type Said, understand } from './understand.ts';

// The value that is put right is also what another task begins with: only the words beside it tell them apart.

const reportDamage = `
flows:
  report_damage:
    name: { en: report damage, zh: 报告破损 }
    description: Something came broken.
    nlu_trigger: [ { intent: report_damage } ]
    steps:
      - collect: reason
      - action: utter_rated
`;
const bot = program(refundBot, reportDamage);

function read(text: string, word: string): readonly string[] {
  return readAs(text, {
    intents: { report_damage: 0.96 },
    outOfScope: 0,
    entities: [['reason', word, 'damaged']],
  });
}

function readAs(text: string, said: Said): readonly string[] {
  const one = new Talk(bot, refundActions);
  one.give(start('request_refund'), set('order_id', 'AB123456'));
  one.give(set('email', 'ann@example.org'));
  one.give(set('reason', 'late'));
  one.give({ kind: 'skip' });
  const content = { kind: 'text', text } as const;
  const message = { channel: 'test', conversation: 'test:1', id: '2', at: 0, content };
  const { commands } = one.dialogue.interpret(one.state, message, understand(text, said));
  return commands.map(({ kind }) => kind);
}

test.each([
  ['where is CD654321', 'order_status', 'start_flow'],
  ['CD654321到哪了', 'order_status', 'start_flow'],
  ['could you make it CD654321?', 'order_status', 'correct_slot'],
  ['能改成CD654321吗', 'order_status', 'correct_slot'],
  ['CD654321', 'order_status', 'correct_slot'],
])('a question about another thing changes nothing: %s', (text, intent, kind) => {
  const said = { intents: { [intent]: 0.99 }, outOfScope: 0, entities: [['order_id', 'CD654321']] } as const;
  expect(readAs(text, said)[0]).toBe(kind);
});

test.each([
  ['no wait, it is damaged', 'damaged'],
  ['oh, hold on a second, it came damaged', 'damaged'],
  ['scratch that: it is damaged', 'damaged'],
  ['whoops, it was damaged', 'damaged'],
  ['等一下，是坏了', '坏'],
  ['哦等等，是坏的', '坏'],
  ['我记错了，东西坏了', '坏'],
  ['不好意思，东西坏了', '坏'],
])('who stops themselves puts right what they said: %s', (text, word) => {
  expect(read(text, word)).toEqual(['correct_slot']);
});

test.each([
  ['the lamp that came is damaged', 'damaged'],
  ['wait until you hear this, it is damaged', 'damaged'],
  ['等一下就要用的东西坏了', '坏'],
  ['hold on, where do I report that it is damaged', 'damaged'],
  ['等一下，东西坏了怎么报？', '坏'],
])('whoever only waits, or asks, begins what they say: %s', (text, word) => {
  expect(read(text, word)[0]).toBe('start_flow');
});
