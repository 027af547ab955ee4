import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../../src/dialogue/choices.ts';
import type { Command } from '../../../src/dialogue/command.ts';
import type { Understanding } from '../../../src/nlu/recognizer.ts';
import { refundActions, refundBot } from '../run/refund-bot.ts';
import { program, set, start, Talk } from '../run/talk.ts';
import { understand, understandParts } from './understand.ts';

const bot = program(refundBot);

const states = {
  nothing: () => new Talk(bot, refundActions),
  askedOrder: () => talkOf([start('request_refund')]),
  askedReason: () =>
    talkOf([start('request_refund'), set('order_id', 'AB123456')], [set('email', 'ann@example.org')]),
  askedNote: () =>
    talkOf(
      [start('request_refund'), set('order_id', 'AB123456')],
      [set('email', 'ann@example.org')],
      [set('reason', 'late')],
    ),
  confirming: () =>
    talkOf(
      [start('request_refund'), set('order_id', 'AB123456')],
      [set('email', 'ann@example.org')],
      [set('reason', 'late')],
      [{ kind: 'skip' }],
    ),
  askedEmail: () => talkOf([start('request_refund'), set('order_id', 'AB123456')]),
  clarifyingAsked: () =>
    talkOf([start('request_refund')], [{ kind: 'clarify', flows: ['order_status', 'rate'] }]),
  askedStars: () => talkOf([start('rate')]),
  statusDone: () => talkOf([start('order_status'), set('order_id', 'AB123456')]),
} as const;

function talkOf(...turns: readonly (readonly Command[])[]): Talk {
  const one = new Talk(bot, refundActions);
  for (const commands of turns) one.give(...commands);
  return one;
}

function read(state: keyof typeof states, understanding: Understanding): readonly string[] {
  const { dialogue, state: now } = states[state]();
  const message = {
    channel: 'test',
    conversation: 'test:1',
    id: '2',
    at: 0,
    content: { kind: 'text', text: understanding.text },
  } as const;
  return dialogue.interpret(now, message, understanding).commands.map(brief);
}

function brief(command: Command): string {
  switch (command.kind) {
    case 'start_flow':
      return `start ${command.flow}`;
    case 'set_slot':
      return `set ${command.slot}=${wordsOf(command.value)}`;
    case 'correct_slot':
      return `correct ${command.slot}=${wordsOf(command.value)}`;
    case 'clarify':
      return `clarify ${command.flows.join(' ')}`;
    case 'chitchat':
      return `chitchat ${command.intent}`;
    case 'cannot_handle':
      return `cannot_handle ${command.reason}`;
    case 'choose':
      return `choose ${command.option}`;
    default:
      return command.kind;
  }
}

const order = (id: string) => ['order_id', id] as const;

describe('a message is read as', () => {
  test.each<[string, keyof typeof states, Understanding, readonly string[]]>([
    [
      'the start of a task',
      'nothing',
      understand('I want my money back', { intents: { request_refund: 0.9 } }),
      ['start request_refund'],
    ],
    [
      'a start with two values',
      'nothing',
      understand('my order AB123456 is damaged, I want a refund', {
        intents: { request_refund: 0.85 },
        entities: [order('AB123456'), ['reason', 'damaged']],
      }),
      ['start request_refund', 'set order_id=AB123456', 'set reason=damaged'],
    ],
    [
      'the same, when the recogniser cuts it in two',
      'nothing',
      understandParts([
        [
          'my order AB123456 is damaged,',
          {
            intents: { order_status: 0.4 },
            outOfScope: 0.5,
            entities: [order('AB123456'), ['reason', 'damaged']],
          },
        ],
        ['I want a refund', { intents: { request_refund: 0.95 } }],
      ]),
      ['start request_refund', 'set order_id=AB123456', 'set reason=damaged'],
    ],
    [
      'one task, when the rest is what its sign-in asks for',
      'nothing',
      understandParts([
        [
          'I want a refund for AB123456.',
          { intents: { request_refund: 0.92 }, entities: [order('AB123456')] },
        ],
        [
          'my mail is ann@example.org',
          { intents: { order_status: 0.6 }, entities: [['email', 'ann@example.org']] },
        ],
      ]),
      ['start request_refund', 'set order_id=AB123456', 'set email=ann@example.org'],
    ],
    [
      'two tasks, each with its own value',
      'nothing',
      understandParts([
        ['refund AB123456', { intents: { request_refund: 0.9 }, entities: [order('AB123456')] }],
        ['and where is CD654321?', { intents: { order_status: 0.9 }, entities: [order('CD654321')] }],
      ]),
      ['start request_refund', 'set order_id=AB123456', 'start order_status', 'set order_id=CD654321'],
    ],
    [
      'a question which of two tasks was meant',
      'nothing',
      understand('my order', { intents: { order_status: 0.42, request_refund: 0.38 }, accepted: false }),
      ['clarify order_status request_refund'],
    ],
    [
      'the running task, where only that could be meant: it goes on and is not asked about',
      'askedReason',
      understand('the whole lot', {
        intents: { request_refund: 0.47, affirm: 0.28, deny: 0.24 },
        outOfScope: 0.01,
        accepted: false,
      }),
      ['start request_refund'],
    ],
    [
      'whether another task is meant, where only that could be',
      'askedReason',
      understand('the whole lot', {
        intents: { order_status: 0.47, affirm: 0.28, deny: 0.24 },
        outOfScope: 0.01,
        accepted: false,
      }),
      ['clarify order_status'],
    ],
    [
      'out of scope',
      'nothing',
      understand('what is the capital of France', {
        intents: { order_status: 0.2 },
        outOfScope: 0.9,
        accepted: false,
      }),
      ['cannot_handle out_of_scope'],
    ],
    ['a greeting', 'nothing', understand('hello there', { intents: { greet: 0.95 } }), ['chitchat greet']],
    [
      'a task, not a greeting, when it is both',
      'nothing',
      understandParts([
        ['hi!', { intents: { greet: 0.97 } }],
        ['I want a refund', { intents: { request_refund: 0.9 } }],
      ]),
      ['start request_refund'],
    ],
    [
      'a question that an article answers',
      'nothing',
      understand(
        'how long do refunds take',
        { intents: { request_refund: 0.4 }, outOfScope: 0.3, accepted: false },
        [{ article: 'refunds', title: 'Refunds', locale: 'en', score: 0.85 }],
      ),
      ['answer'],
    ],
    [
      'a cancel, and neither a question nor the value that the tagger makes of its words',
      'askedNote',
      understand('stop this', { intents: { cancel: 0.98 }, entities: [['note', 'stop']], source: 'tagger' }, [
        { article: 'stove', title: 'Putting the stove out', locale: 'en', score: 0.84 },
      ]),
      ['cancel'],
    ],
    [
      'a value that an article stands before',
      'askedReason',
      understand('the damaged one', {
        intents: { affirm: 0.3 },
        accepted: false,
        entities: [['reason', 'the']],
        source: 'tagger',
      }),
      ['set reason=damaged'],
    ],
    [
      'a follow-up of the task that ended',
      'statusDone',
      understand('and CD654321?', { entities: [order('CD654321')] }),
      ['start order_status', 'set order_id=CD654321'],
    ],
    [
      'nothing more to do',
      'statusDone',
      understand('no thanks', { intents: { deny: 0.9 } }),
      ['chitchat deny'],
    ],

    [
      'an answer',
      'askedOrder',
      understand("it's AB123456", { intents: { order_status: 0.3 }, entities: [order('AB123456')] }),
      ['set order_id=AB123456'],
    ],
    [
      'an answer in the wrong case',
      'askedOrder',
      understand('ab123456 please', { intents: { order_status: 0.3 }, outOfScope: 0.5, accepted: false }),
      ['set order_id=AB123456'],
    ],
    [
      'an answer and a value that was not asked for',
      'askedOrder',
      understand('AB123456, it came damaged', { entities: [order('AB123456'), ['reason', 'damaged']] }),
      ['set order_id=AB123456', 'set reason=damaged'],
    ],
    [
      'another slot of the task',
      'askedOrder',
      understand('it came damaged', { entities: [['reason', 'damaged']] }),
      ['set reason=damaged'],
    ],
    [
      'another task, with its value',
      'askedOrder',
      understand('where is my order CD654321', {
        intents: { order_status: 0.95 },
        entities: [order('CD654321')],
      }),
      ['start order_status', 'set order_id=CD654321'],
    ],
    [
      'the running task said again, with a value',
      'askedOrder',
      understand('I want a refund for AB123456', {
        intents: { request_refund: 0.95 },
        entities: [order('AB123456')],
      }),
      ['set order_id=AB123456'],
    ],
    ['cancelling', 'askedOrder', understand('never mind', { intents: { cancel: 0.93 } }), ['cancel']],
    [
      'cancelling what goes on, not an order',
      'askedOrder',
      understand('cancel it', { intents: { cancel: 0.6, order_status: 0.3 } }),
      ['cancel'],
    ],
    [
      'asking why',
      'askedOrder',
      understand('why do you need that', { intents: { explain: 0.95 } }),
      ['explain'],
    ],
    [
      'a refusal to tell',
      'askedOrder',
      understand("I'd rather not say", { intents: { refuse: 0.9 } }),
      ['skip'],
    ],
    [
      'asking for a person',
      'askedOrder',
      understand('let me talk to someone', { intents: { handoff: 0.9 } }),
      ['handoff'],
    ],
    [
      'nothing that fits',
      'askedOrder',
      understand('purple elephants', { outOfScope: 0.9 }),
      ['cannot_handle invalid_input'],
    ],

    ['a choice by its name', 'askedReason', understand('it was late'), ['set reason=late']],
    [
      'a choice in other words',
      'askedReason',
      understand('changed my mind', { entities: [['reason', 'changed my mind', 'changed_mind']] }),
      ['set reason=changed_mind'],
    ],
    ['a choice misspelt', 'askedReason', understand('damadged'), ['set reason=damaged']],
    ['a choice by its place', 'askedReason', understand('the second one'), ['set reason=late']],
    ['a choice by its place in Chinese', 'askedReason', understand('第二个'), ['set reason=late']],
    ['the last choice', 'askedReason', understand('the last one'), ['set reason=other']],
    [
      'a correction of what was told before',
      'askedReason',
      understand('no, I meant CD654321', { intents: { deny: 0.6 }, entities: [order('CD654321')] }),
      ['correct order_id=CD654321'],
    ],
    [
      'a correction and an answer',
      'askedReason',
      understand('sorry, CD654321, and it came late', { entities: [order('CD654321'), ['reason', 'late']] }),
      ['correct order_id=CD654321', 'set reason=late'],
    ],

    [
      'free text',
      'askedNote',
      understand('the box was wet when it came', {
        intents: { order_status: 0.3 },
        outOfScope: 0.6,
        accepted: false,
      }),
      ['set note=the box was wet when it came'],
    ],
    [
      'cancelling, not free text',
      'askedNote',
      understand('forget it', { intents: { cancel: 0.95 } }),
      ['cancel'],
    ],
    [
      'skipping, not free text',
      'askedNote',
      understand('skip this one', { intents: { skip: 0.95 } }),
      ['skip'],
    ],

    ['a yes', 'confirming', understand('yes please', { intents: { affirm: 0.97 } }), ['affirm']],
    ['a no', 'confirming', understand('no', { intents: { deny: 0.97 } }), ['deny']],
    [
      'a yes that changes something',
      'confirming',
      understand('yes, but it came damaged', { intents: { affirm: 0.8 }, entities: [['reason', 'damaged']] }),
      ['correct reason=damaged'],
    ],
    [
      'the same in two parts',
      'confirming',
      understandParts([
        ['yes,', { intents: { affirm: 0.97 } }],
        ['but it was damaged', { entities: [['reason', 'damaged']] }],
      ]),
      ['affirm', 'correct reason=damaged'],
    ],
    [
      'a correction by a choice',
      'confirming',
      understand('no, changed mind', { intents: { deny: 0.7 } }),
      ['correct reason=changed_mind'],
    ],
    [
      'a correction by an amount of its type',
      'confirming',
      understand('no, it should be CD654321', { intents: { deny: 0.7 }, entities: [order('CD654321')] }),
      ['correct order_id=CD654321'],
    ],

    [
      'a correction by the sense of the words, not another task',
      'confirming',
      understand('the lamp is broken', {
        intents: { order_status: 0.7 },
        entities: [['reason', 'broken', 'damaged']],
      }),
      ['correct reason=damaged'],
    ],
    [
      'a correction, not another task',
      'askedReason',
      understand('sorry, I meant order KD204518', {
        intents: { order_status: 0.8 },
        entities: [order('KD204518')],
      }),
      ['correct order_id=KD204518'],
    ],
    [
      'a value that fills the question, whatever intent its letters resemble',
      'askedEmail',
      understand('chen.chen@example.com', {
        intents: { order_status: 0.97 },
        entities: [['email', 'chen.chen@example.com']],
      }),
      ['set email=chen.chen@example.com'],
    ],
    [
      'a failed answer, when a bare value fits nothing',
      'askedOrder',
      understand('12345', { intents: { order_status: 0.99 }, entities: [['number', '12345', 12345]] }),
      ['cannot_handle invalid_input'],
    ],
    [
      'an answer to the question below a clarification',
      'clarifyingAsked',
      understand('LM230081', { entities: [order('LM230081')] }),
      ['set order_id=LM230081'],
    ],
    ['an option of a clarification', 'clarifyingAsked', understand('the second one'), ['choose 1']],
    [
      'the only candidate, without asking',
      'nothing',
      understand('my parcel', { intents: { order_status: 0.62 }, outOfScope: 0.1, accepted: false }),
      ['start order_status'],
    ],
    [
      'no choice, when a word is only near one',
      'askedReason',
      understand('it flickers and I hate it', { outOfScope: 0.7 }),
      ['cannot_handle invalid_input'],
    ],
    [
      'cancelling, not the choice that shares a word',
      'askedReason',
      understand('never mind', { intents: { cancel: 0.9 } }),
      ['cancel'],
    ],
    [
      'a choice of a later question, by its name',
      'askedOrder',
      understand('changed mind', { intents: { order_status: 0.3 }, accepted: false }),
      ['set reason=changed_mind'],
    ],
    [
      'a number that was asked for',
      'askedStars',
      understand('five', { entities: [['number', 'five', 5]] }),
      ['set stars=5'],
    ],
    ['a number in digits', 'askedStars', understand('4'), ['set stars=4']],
  ])('%s (%s)', (_title, state, understanding, commands) => {
    expect(read(state, understanding)).toEqual(commands);
  });
});
