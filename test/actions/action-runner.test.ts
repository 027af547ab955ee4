import { describe, expect, test } from 'vitest';
import type { ActionImplementation } from '../../src/actions/action.ts';
import type { ActionCall } from '../../src/actions/action-runner.ts';
import { createActionRunner } from '../../src/actions/create-action-runner.ts';
import type { ActionDefinition } from '../../src/dialogue/program.ts';
import { silentLogger } from '../../src/logger.ts';

const call: ActionCall = {
  action: 'pay',
  input: { order: 'AB1' },
  key: 'c/pay/AB1',
  timeoutMs: 1000,
  retry: 0,
  conversation: 'c',
  locale: 'en',
  slots: {},
  user: {},
  now: 7,
  metadata: {},
};

const definition: ActionDefinition = {
  name: 'pay',
  effect: true,
  requires: [],
  input: { order: 'text' },
  sets: ['paid', 'user.signed_in'],
  timeoutMs: 1000,
  idempotent: false,
  position: { file: 'flows/pay.yml', line: 1, column: 1 },
};

function runner(pay: ActionImplementation, change: Partial<ActionDefinition> = {}) {
  return createActionRunner({
    implementations: { pay },
    definitions: { pay: { ...definition, ...change } },
    resources: { bank: 'open' },
    logger: silentLogger,
  });
}

describe('running an action', () => {
  test('gives it its input and context, and reads its result', async () => {
    const seen: unknown[] = [];
    const actions = runner({
      run: (input, { resources, key, now }) => {
        seen.push(input, resources, key, now);
        return { set: { paid: true }, user: { signed_in: true }, say: ['utter_paid', 'All {done}.'] };
      },
    });
    expect(await actions.run(call)).toEqual({
      kind: 'ran',
      set: { paid: true },
      user: { signed_in: true },
      say: [
        { kind: 'response', response: 'utter_paid' },
        { kind: 'text', text: { '*': 'All {done}.' }, literal: true },
      ],
    });
    expect(seen).toEqual([{ order: 'AB1' }, { bank: 'open' }, 'c/pay/AB1', 7]);
  });

  test.each([
    ['throws', () => Promise.reject(new Error('bank closed')), 'bank closed'],
    [
      'throws at once',
      () => {
        throw new Error('bank closed');
      },
      'bank closed',
    ],
    ['sets what it did not declare', () => ({ set: { balance: 1 } }), 'balance'],
    ['sets a fact that it did not declare', () => ({ user: { admin: true } }), 'user.admin'],
    ['returns what is not JSON', () => ({ set: { paid: 1n as never } }), 'not JSON'],
  ] as const)('that %s is an outcome', async (_, run, message) => {
    expect(await runner({ run }).run(call)).toEqual({
      kind: 'failed',
      reason: 'error',
      message: expect.stringContaining(message) as string,
    });
  });

  test('with input of the wrong type does not call it', async () => {
    let calls = 0;
    const actions = runner({ run: () => ((calls += 1), undefined) });
    expect(await actions.run({ ...call, input: { order: 5 } })).toMatchObject({
      kind: 'failed',
      reason: 'error',
    });
    expect(await actions.run({ ...call, input: { order: null } })).toMatchObject({ kind: 'ran' });
    expect(calls).toBe(1);
  });

  test('ends at its timeout, with the signal aborted', async () => {
    const seen: AbortSignal[] = [];
    const actions = runner({
      run: (_, { signal }) => {
        seen.push(signal);
        return new Promise(() => undefined);
      },
    });
    expect(await actions.run({ ...call, timeoutMs: 5 })).toMatchObject({ kind: 'failed', reason: 'timeout' });
    expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test('a caller that gives up gets its own reason back', async () => {
    const actions = runner({ run: () => new Promise(() => undefined) });
    const reason = new Error('gone home');
    await expect(actions.run(call, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test.each([
    { idempotent: true, retry: 2, calls: 3 },
    { idempotent: true, retry: 0, calls: 1 },
    { idempotent: false, retry: 2, calls: 1 },
  ])('is tried $calls times when idempotent is $idempotent and retry is $retry', async (given) => {
    let calls = 0;
    const pay: ActionImplementation = {
      run: () => {
        calls += 1;
        throw new Error('no');
      },
    };
    await runner(pay, { idempotent: given.idempotent }).run({ ...call, retry: given.retry });
    expect(calls).toBe(given.calls);
  });

  test('that no file exports is an outcome', async () => {
    const actions = runner({ run: () => undefined });
    expect(await actions.run({ ...call, action: 'toString' })).toMatchObject({
      kind: 'failed',
      reason: 'error',
    });
  });
});

describe('looking up an action', () => {
  const run = (): undefined => undefined;

  test('tells what took place from what did not', async () => {
    const found = runner({ run, lookup: () => ({ set: { paid: true } }) });
    expect(await found.lookup(call)).toMatchObject({ kind: 'found', outcome: { set: { paid: true } } });
    const notRun = runner({ run, lookup: () => undefined });
    expect(await notRun.lookup(call)).toEqual({ kind: 'not_run' });
  });

  test('is unknown without a lookup, or when it fails', async () => {
    expect(await runner({ run }).lookup(call)).toMatchObject({ kind: 'unknown' });
    const failing = runner({ run, lookup: () => Promise.reject(new Error('down')) });
    expect(await failing.lookup(call)).toEqual({ kind: 'unknown', message: 'down' });
  });
});
