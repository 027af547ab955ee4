import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/dialogue/command.ts';
import type { RunEffect } from '../../../src/dialogue/effect.ts';
import type { InboundContent } from '../../../src/message.ts';
import { nestedBot } from './nested-bot.ts';
import { refundActions, refundBot } from './refund-bot.ts';
import { cancel, type Play, program, Talk } from './talk.ts';

interface RandomTurn {
  readonly content: InboundContent;
  readonly commands: readonly Command[];
}

const bot = program(refundBot, nestedBot);
const flows = [...Object.keys(bot.flows), 'no_such_flow'];
const slots = [...Object.keys(bot.slots), 'no_such_slot'];

const value = fc.oneof(
  fc.constantFrom(
    'AB123456',
    'CD654321',
    'SH000001',
    'ann@example.org',
    'damaged',
    'late',
    'nonsense',
    '',
    true,
    false,
    null,
  ),
  fc.integer({ min: -2, max: 9 }),
  fc.constantFrom({ amount: 3, currency: 'EUR' }, ['x'], { odd: true }),
);
const given = fc.record({ slot: fc.constantFrom(...slots), value });
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...flows).map((flow): Command => ({ kind: 'start_flow', flow })) },
  { weight: 8, arbitrary: given.map((each): Command => ({ kind: 'set_slot', ...each })) },
  { weight: 3, arbitrary: given.map((each): Command => ({ kind: 'correct_slot', ...each })) },
  { weight: 6, arbitrary: fc.constantFrom<Command>({ kind: 'affirm' }, { kind: 'deny' }, { kind: 'skip' }) },
  fc.constantFrom<Command>(
    { kind: 'cancel' },
    { kind: 'resume' },
    { kind: 'repeat' },
    { kind: 'explain' },
    { kind: 'restart' },
    { kind: 'handoff' },
    { kind: 'chitchat', intent: 'greet' },
    { kind: 'chitchat', intent: 'no_such_intent' },
    { kind: 'answer', question: 'why', articles: ['a'] },
    { kind: 'cannot_handle', reason: 'out_of_scope' },
    { kind: 'cannot_handle', reason: 'invalid_input' },
    { kind: 'cannot_handle', reason: 'attachment' },
    { kind: 'silence', timer: 'wait:nudge:1_wait' },
  ),
  fc.nat(4).map((option): Command => ({ kind: 'choose', option })),
  fc.constantFrom(...flows).map((flow): Command => ({ kind: 'resume', flow })),
  fc.constantFrom(...flows).map((flow): Command => ({ kind: 'cancel', flow })),
  fc
    .array(fc.constantFrom(...flows), { maxLength: 3 })
    .map((each): Command => ({ kind: 'clarify', flows: each })),
);
const content = fc.oneof(
  { weight: 12, arbitrary: fc.constant<InboundContent>({ kind: 'text', text: 'words' }) },
  fc.constantFrom<InboundContent>({ kind: 'opened' }, { kind: 'released', by: 'operator' }),
);
const turn: fc.Arbitrary<RandomTurn> = fc.record({ content, commands: fc.array(command, { maxLength: 4 }) });

/** Actions that fail in every way, by the turn they run in. */
function moody(seed: number): Readonly<Record<string, Play>> {
  let count = seed;
  return Object.fromEntries(
    Object.keys(bot.actions).map((name): [string, Play] => [
      name,
      (input, run) => {
        count += 1;
        if (count % 7 === 0) return 'error';
        if (count % 11 === 0) return 'timeout';
        if (count % 29 === 0) return 'unknown_outcome';
        return refundActions[name]?.(input, run) ?? {};
      },
    ]),
  );
}

const turns = fc.array(turn, { minLength: 1, maxLength: 25 });
const numRuns = Number(process.env['DIALOGUE_RUNS'] ?? 150);

describe('whatever people say', () => {
  test('nothing breaks, nothing circles, and effects run only after their confirmation', () => {
    fc.assert(
      fc.property(turns, fc.nat(28), (given, seed) => {
        const one = new Talk(bot, moody(seed));
        let confirmed: unknown = null;
        for (const { content: each, commands } of given) {
          one.hear(each, commands);
          expect(one.events.filter(({ kind }) => kind === 'dialogue_failed')).toEqual([]);
          confirmed = checkEffects(one, confirmed);
          expect(one.state.stack.length).toBeLessThan(20);
          expect(one.state.stack.at(-1)?.snapshot.status ?? 'active').toBe('active');
        }
      }),
      { numRuns },
    );
  });

  test('the same turns give the same state and the same words', () => {
    fc.assert(
      fc.property(turns, fc.nat(28), (given, seed) => {
        const [first, second] = [new Talk(bot, moody(seed)), new Talk(bot, moody(seed))];
        for (const { content: each, commands } of given) {
          first.hear(each, commands);
          second.hear(each, commands);
          expect(second.effects).toEqual(first.effects);
          expect(second.state).toEqual(first.state);
        }
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  test('from every state a person is reached at once, and cancelling leads to nothing or to a person', () => {
    fc.assert(
      fc.property(turns, fc.nat(28), (given, seed) => {
        const one = new Talk(bot, moody(seed));
        for (const { content: each, commands } of given) one.hear(each, commands);
        if (one.state.owner === 'person') one.hear({ kind: 'released', by: 'operator' });
        const here = one.state;
        one.give({ kind: 'handoff' });
        expect(one.state.owner).toBe('person');
        one.state = here;
        for (let left = here.stack.length + here.deferred.length + 1; left > 0; left -= 1) one.give(cancel);
        if (one.state.owner === 'bot') expect(one.state.stack).toEqual([]);
      }),
      { numRuns },
    );
  });
});

/** Every effect that requires a confirmation carries the values last said yes to. */
function checkEffects(one: Talk, before: unknown): unknown {
  let confirmed = before;
  for (const event of one.events) {
    if (event.kind === 'confirmed') confirmed = event.values;
    if (event.kind === 'confirmation_voided') confirmed = null;
  }
  const runs = one.effects.filter((effect): effect is RunEffect => effect.kind === 'run');
  for (const run of runs) {
    const needs = bot.actions[run.action]?.requires.some(({ kind }) => kind === 'confirmed');
    if (!needs) continue;
    const yes =
      one.events.flatMap((event) => (event.kind === 'confirmed' ? [event.values] : [])).at(-1) ?? confirmed;
    expect(yes).toMatchObject(run.input);
  }
  return confirmed;
}
