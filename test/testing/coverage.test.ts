import { expect, test } from 'vitest';
import { repairsIn, repairsOf } from '../../src/testing/coverage/repairs.ts';
import { measureCoverage, percentOf } from '../../src/testing/coverage/measure-coverage.ts';
import { transitionsOf } from '../../src/testing/coverage/transitions.ts';
import { bakery } from './small-flows.ts';

const program = bakery();

test('every way on from a step is a transition, with its place', () => {
  const ways = transitionsOf(program).map(({ flow, from, cause }) => `${flow} ${from}: ${cause}`);
  expect(ways).toEqual(
    expect.arrayContaining([
      'order_cake 1_collect_size: answered',
      'order_cake 1_collect_size: given up',
      'order_cake 2_collect_guests: rejected',
      'order_cake 3_action_look_up: failed',
      'order_cake 3_action_look_up: if slots.in_stock',
      'order_cake 3_action_look_up: else',
      'order_cake ask: yes',
      'order_cake ask: no',
    ]),
  );
  expect(transitionsOf(program).every(({ position }) => position.file === 'flows/bakery.yml')).toBe(true);
});

test('a question that must be answered has no transition for leaving it out', () => {
  expect(transitionsOf(program).filter(({ cause }) => cause.startsWith('left out'))).toEqual([]);
});

test('a question can be corrected only when something was asked before it', () => {
  const at = (step: string): readonly string[] =>
    repairsOf(program, { hasArticles: false })
      .filter((repair) => repair.step === step)
      .map(({ kind }) => kind);
  expect(at('1_collect_size')).not.toContain('correct');
  expect(at('2_collect_guests')).toContain('correct');
  expect(at('ask')).toEqual(expect.arrayContaining(['correct', 'cancel', 'restart']));
  expect(at('ask')).not.toContain('question');
});

test('a repair counts for the question that was open before the turn', () => {
  const cancelled = [{ kind: 'flow_started', flow: 'pattern_cancel_flow', by: 'engine' }] as const;
  expect(repairsIn({ flow: 'order_cake', step: 'ask' }, cancelled)).toEqual(['order_cake/ask/cancel']);
  expect(repairsIn(undefined, cancelled)).toEqual([]);
});

test('what nothing took is listed, and a hundred percent means all of it', () => {
  const { transitions } = measureCoverage(program, [], { knowledge: [] });
  expect(transitions).toMatchObject({ covered: 0, total: transitionsOf(program).length });
  expect(transitions.uncovered).toHaveLength(transitions.total);
  expect(percentOf({ total: 3000, covered: 2999 })).toBe(99.9);
});
