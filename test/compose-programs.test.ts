import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepPrograms } from '../src/compose-programs.ts';
import { createDialogue } from '../src/dialogue/create-dialogue.ts';
import type { DialogueState } from '../src/dialogue/dialogue.ts';
import type { Effect } from '../src/dialogue/effect.ts';
import { createRealiser } from '../src/generation/icu-realiser.ts';
import type { Json } from '../src/json.ts';
import { openSqliteStore } from '../src/store/sqlite-store.ts';
import { program, set, start, Talk } from './dialogue/run/talk.ts';
import { temporaryFolder, textMessage } from './engine/small-bot.ts';

const older = program(`
slots: { colour: { type: text }, size: { type: choice, choices: [small, large] } }
flows:
  order_shirt:
    description: The customer orders a shirt.
    persisted_slots: [colour]
    steps:
      - collect: colour
      - call: measure
      - action: utter_ordered
  measure: { description: Asks for the size., if: false, steps: [ { collect: size } ] }
responses:
  utter_ask_colour: [ { text: Which colour? } ]
  utter_ask_size: [ { text: Which size? } ]
  utter_ordered: [ { text: "{colour}, {size}." } ]
`);
const newer = program('flows: { order_hat: { description: A hat., steps: [ { say: Here is a hat. } ] } }');

test('a flow begun before a restart is finished on the older program, in its own words', async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'store.sqlite');
  const before = new Talk(older);
  before.give(start('order_shirt'));
  {
    await using store = await openSqliteStore({ file });
    await keepPrograms(store, older, 1);
    await store.commitTurn({
      ...{ conversation: 'test:1', expectedVersion: 0, state: before.state as unknown as Json, at: 1 },
      inbound: textMessage('a shirt, please', 'm-1', 'test:1'),
      ...{ events: [], outbox: [], actionRuns: [], timers: { set: [], cancelled: [] }, trace: {} },
    });
  }

  await using store = await openSqliteStore({ file });
  const programs = await keepPrograms(store, newer, 2);
  const { state } = await programs.store.load('test:1');
  const after = new Talk(newer, {}, { programFor: programs.find });
  after.state = state as never;
  const said = (): readonly string[] => textsOf(after.effects, after.state);

  after.give(set('colour', 'red'));
  expect(said()).toEqual(['Which size?']);
  after.give(set('size', 'large'));
  expect(said().slice(0, 1)).toEqual(['red, large.']);
  expect([after.state.stack, after.state.slots['size'], after.state.slots['colour']]).toEqual([
    [],
    null,
    'red',
  ]);
});

test('a program that the store does not hold is none', async () => {
  await using store = await openSqliteStore({ file: ':memory:' });
  const programs = await keepPrograms(store, newer, 1);
  expect([programs.find(newer.version), programs.find('other')]).toEqual([newer, undefined]);
  expect(createDialogue(newer, { programFor: programs.find }).version).toBe(newer.version);
});

function textsOf(effects: readonly Effect[], { locale }: DialogueState): readonly string[] {
  const realiser = createRealiser(newer.responses, { locales: ['en', 'zh'] });
  const context = { locale, timeZone: 'UTC', channel: 'test', random: () => 0 };
  return effects.flatMap((effect) =>
    effect.kind === 'say' || effect.kind === 'ask'
      ? [realiser.realise(effect.utterance, effect.values, context).text]
      : [],
  );
}
