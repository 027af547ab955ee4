import { expect, test } from 'vitest';
import { diagramOf } from '../../src/server/flow-diagram.ts';

test('a machine is drawn in the order in which its states are reached, loops included', () => {
  const machine = {
    id: 'refund',
    initial: 'ask',
    states: {
      done: {},
      ask: { on: { filled: [{ target: 'check' }] } },
      check: { always: [{ target: 'done' }, { target: 'ask' }], description: 'Is it refundable?' },
      unreachable: {},
    },
  };
  expect(diagramOf(machine)).toEqual({
    flow: 'refund',
    nodes: [
      { id: 'ask', label: 'ask' },
      { id: 'check', label: 'Is it refundable?' },
      { id: 'done', label: 'done' },
    ],
    edges: [
      { from: 'ask', to: 'check' },
      { from: 'check', to: 'done' },
      { from: 'check', to: 'ask' },
    ],
  });
});
