import { expect, test } from 'vitest';
import type { GoldenDialogue } from '../../src/testing/golden-dialogue.ts';
import { makeMutants } from '../../src/testing/mutate/make-mutants.ts';
import { runMutants } from '../../src/testing/mutate/run-mutants.ts';
import type { GoldenResult } from '../../src/testing/run-golden.ts';
import type { TestTurn } from '../../src/testing/test-session.ts';
import { bakery, leaving } from './small-flows.ts';

const program = bakery();
const mutants = makeMutants(program);

test('each mutant has one fault in it, and its place', () => {
  const changes = mutants.map(({ change }) => change);
  expect(changes).toEqual(
    expect.arrayContaining([
      'turned round: if slots.in_stock',
      'confirmation dropped',
      'size no longer confirmed',
      'bake no longer requires confirmed',
      'on_error of look_up dropped',
      'rejection turned round: slots.guests > 12',
    ]),
  );
  expect(mutants.every(({ position }) => position.file === 'flows/bakery.yml')).toBe(true);
  expect(new Set(mutants.map(({ flow, step, change }) => `${flow} ${step ?? ''} ${change}`)).size).toBe(
    mutants.length,
  );
});

test('what changes nothing is no mutant: cases that do the same, swapped, and a way out that a default forestalls', () => {
  const changes = makeMutants(leaving()).map(({ change }) => change);
  expect(changes).toContain('cases open and paid swapped');
  expect(changes).not.toContain('cases paid and waived swapped');
  expect(changes).not.toContain('what follows the last attempt dropped');
});

const turn = { user: 'x', metadata: {}, expectations: [], position: { file: 't.yml', line: 1, column: 1 } };
const dialogue: GoldenDialogue = {
  ...{ name: 'a cake', position: turn.position, turns: [turn], slots: {}, metadata: {}, stubs: [] },
  ...{ ordered: false, generated: false },
};
const seen: TestTurn = {
  ...{ messages: [], transitions: [], question: undefined, logged: '', sentToLlm: '' },
  events: [
    { kind: 'flow_started', flow: 'order_cake', by: 'person' },
    { kind: 'state_entered', flow: 'order_cake', step: 'ask' },
  ],
};
const baseline: readonly GoldenResult[] = [{ dialogue, passed: true, turns: [], events: seen.events }];

test('only dialogues that come past the fault are played; what none notices survives, unless it cannot be noticed', async () => {
  const results = await runMutants(mutants, {
    with: () => () =>
      Promise.resolve({
        send: () => Promise.resolve(seen),
        wait: () => Promise.resolve(seen),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
    baseline,
  });
  const of = (step: string) => results.filter(({ mutant }) => mutant.step === step);
  expect(of('ask').every(({ played, verdict }) => played === 1 && verdict === 'survived')).toBe(true);
  expect(of('1_collect_size').every(({ played }) => played === 0)).toBe(true);
  const requires = results.find(({ mutant }) => mutant.change === 'bake no longer requires confirmed');
  expect(requires?.verdict).toBe('equivalent');
});
