import { describe, expect, test } from 'vitest';
import type { InboundMessage, Message } from '../../src/message.ts';
import type { ConversationLog } from '../../src/store/conversation-log.ts';
import type { ConversationStore, TurnCommit } from '../../src/store/conversation-store.ts';
import type { Outbox } from '../../src/store/outbox.ts';

type Store = ConversationStore & Outbox & ConversationLog;

/** A store that several processes may share; `open` called twice gives two of them. */
export interface StoreUnderTest {
  open(): Promise<Store>;
}

export function inbound(id: string, conversation = 'test:1'): InboundMessage {
  return { channel: 'test', conversation, id, at: 1000, content: { kind: 'text', text: `text of ${id}` } };
}

export function say(text: string): Message {
  return { text, locale: 'en' };
}

export function turn(message: InboundMessage, change: Partial<TurnCommit> = {}): TurnCommit {
  return {
    conversation: message.conversation,
    expectedVersion: 0,
    state: { said: message.id },
    at: 1000,
    inbound: message,
    events: [
      { kind: 'user_message', data: { kind: 'user_message', text: message.id } },
      {
        kind: 'bot_message',
        data: { kind: 'bot_message', message: { text: `re ${message.id}`, locale: 'en' } },
      },
    ],
    outbox: [],
    actionRuns: [],
    timers: { set: [], cancelled: [] },
    trace: { of: message.id },
    ...change,
  };
}

const channels = ['test'];

function due(at: number) {
  return { channels, at, limit: 10 };
}

function start(message: InboundMessage, key: string, expectedVersion = 0) {
  return {
    conversation: message.conversation,
    expectedVersion,
    inbound: message,
    action: 'pay',
    key,
    at: 1000,
  };
}

/** What every conversation store keeps. */
export function conversationStoreContract(name: string, prepare: () => StoreUnderTest): void {
  describe(`${name} keeps the contract of turns`, () => {
    test('an unknown conversation loads at version 0 without a state', async () => {
      await using store = await prepare().open();
      expect(await store.load('test:1')).toEqual({
        id: 'test:1',
        version: 0,
        state: undefined,
        unfinished: [],
      });
    });

    test('a committed turn is what loads next', async () => {
      await using store = await prepare().open();
      expect(await store.commitTurn(turn(inbound('a')))).toMatchObject({ version: 1, lastEventId: 2 });
      expect(await store.load('test:1')).toMatchObject({ version: 1, state: { said: 'a' } });
    });

    test('the second of two writers from one version is refused, and writes nothing', async () => {
      await using store = await prepare().open();
      await store.commitTurn(turn(inbound('a')));
      await expect(store.commitTurn(turn(inbound('b')))).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
      expect(await store.findReply('test:1', 'b')).toBeUndefined();
      expect(await store.events('test:1')).toHaveLength(2);
    });

    test('a conflict of one turn does not fail the turns that share its transaction', async () => {
      await using store = await prepare().open();
      const results = await Promise.allSettled([
        store.commitTurn(turn(inbound('a', 'test:1'))),
        store.commitTurn(turn(inbound('b', 'test:1'))),
        store.commitTurn(turn(inbound('c', 'test:2'))),
      ]);
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });

    test('a message is answered once, and its answer is found again', async () => {
      await using store = await prepare().open();
      await store.commitTurn(turn(inbound('a')));
      await expect(store.commitTurn(turn(inbound('a'), { expectedVersion: 1 }))).rejects.toMatchObject({
        code: 'STORE_CONFLICT',
      });
      expect(await store.findReply('test:1', 'a')).toEqual({
        version: 1,
        lastEventId: 2,
        messages: [say('re a')],
        trace: { of: 'a' },
      });
    });

    test('the same message id in two conversations is two messages', async () => {
      await using store = await prepare().open();
      await store.commitTurn(turn(inbound('a', 'test:1')));
      await store.commitTurn(turn(inbound('a', 'test:2')));
      expect((await store.load('test:2')).version).toBe(1);
    });
  });

  describe(`${name} keeps the contract of effects`, () => {
    test('a key is started once, then unseen until its end is committed, then finished', async () => {
      await using store = await prepare().open();
      const message = inbound('a');
      expect(await store.startAction(start(message, 'k'))).toEqual({ kind: 'started' });
      expect(await store.startAction(start(message, 'k'))).toEqual({ kind: 'unseen' });
      await store.commitTurn(turn(message, { actionRuns: [{ key: 'k', outcome: { paid: true } }] }));
      expect(await store.startAction(start(inbound('b'), 'k', 1))).toEqual({
        kind: 'finished',
        outcome: { paid: true },
      });
    });

    test('an action cannot start from a version that is gone, nor for a message that is answered', async () => {
      await using store = await prepare().open();
      await store.commitTurn(turn(inbound('a')));
      const conflict = { code: 'STORE_CONFLICT' };
      await expect(store.startAction(start(inbound('b'), 'k', 0))).rejects.toMatchObject(conflict);
      await expect(store.startAction(start(inbound('a'), 'k', 1))).rejects.toMatchObject(conflict);
    });

    test('while one process has an action under way, no other can load or change the conversation', async () => {
      const shared = prepare();
      await using one = await shared.open();
      await using other = await shared.open();
      await one.startAction(start(inbound('a'), 'k'));
      const conflict = { code: 'STORE_CONFLICT' };
      await expect(other.load('test:1')).rejects.toMatchObject(conflict);
      await expect(other.commitTurn(turn(inbound('b')))).rejects.toMatchObject(conflict);
      await expect(other.startAction(start(inbound('b'), 'k2'))).rejects.toMatchObject(conflict);
      await expect(other.forget('test:1')).rejects.toMatchObject(conflict);
      expect(await other.takeUnfinished(channels)).toEqual([]);
      await one.commitTurn(turn(inbound('a')));
      expect((await other.load('test:1')).version).toBe(1);
    });

    test('what a process left unfinished is taken over when it is gone, in order of arrival', async () => {
      const shared = prepare();
      const one = await shared.open();
      await one.accept(inbound('a'), 1);
      await one.startAction(start(inbound('a'), 'k'));
      await one.accept(inbound('b'), 2);
      await one.accept(inbound('c', 'test:2'), 3);
      await using other = await shared.open();
      expect(await other.takeUnfinished(channels)).toEqual([]);
      await one[Symbol.asyncDispose]();
      const ids = (await other.takeUnfinished(channels)).map(({ id }) => id);
      expect(ids).toEqual(['a', 'b', 'c']);
      expect(await other.takeUnfinished(channels)).toEqual([]);
      expect(await other.startAction(start(inbound('a'), 'k'))).toEqual({ kind: 'unseen' });
    });

    test('a conversation whose process died in mid-turn loads with its unfinished messages', async () => {
      const shared = prepare();
      const one = await shared.open();
      await one.startAction(start(inbound('a'), 'k'));
      await one[Symbol.asyncDispose]();
      await using other = await shared.open();
      expect((await other.load('test:1')).unfinished).toEqual([inbound('a')]);
    });
  });

  describe(`${name} keeps the contract of the inbox and timers`, () => {
    test('an accepted message is new once', async () => {
      await using store = await prepare().open();
      expect(await store.accept(inbound('a'), 1)).toBe(true);
      expect(await store.accept(inbound('a'), 1)).toBe(false);
      expect(await store.findReply('test:1', 'a')).toBeUndefined();
      await store.commitTurn(turn(inbound('a')));
      expect(await store.accept(inbound('a'), 1)).toBe(false);
    });

    test('a timer is due from its time until a turn cancels it', async () => {
      await using store = await prepare().open();
      const set = [{ name: 'nudge', dueAt: 5000 }];
      await store.commitTurn(turn(inbound('a'), { timers: { set, cancelled: [] } }));
      expect(await store.dueTimers(due(4999))).toEqual([]);
      const nudge = { conversation: 'test:1', channel: 'test', name: 'nudge', dueAt: 5000 };
      expect(await store.dueTimers(due(5000))).toEqual([nudge]);
      const timers = { set: [], cancelled: ['nudge'] };
      await store.commitTurn(turn(inbound('b'), { expectedVersion: 1, timers }));
      expect(await store.dueTimers(due(9000))).toEqual([]);
    });
  });

  outboxContract(name, prepare);
  logContract(name, prepare);
}

function outboxContract(name: string, prepare: () => StoreUnderTest): void {
  describe(`${name} keeps the contract of the outbox`, () => {
    test('a turn gives its messages to be sent, and nobody else may take them', async () => {
      const shared = prepare();
      await using store = await shared.open();
      await using other = await shared.open();
      const { deliveries } = await store.commitTurn(turn(inbound('a'), { outbox: [say('1'), say('2')] }));
      expect(deliveries.map(({ turn, position, message }) => [turn, position, message.text])).toEqual([
        [1, 0, '1'],
        [1, 1, '2'],
      ]);
      expect(await other.takeDue(due(9000))).toEqual([]);
      expect(await store.takeDue(due(9000))).toEqual([]);
    });

    test('a message that waits for another try holds back the later ones of its conversation only', async () => {
      await using store = await prepare().open();
      const first = await store.commitTurn(turn(inbound('a'), { outbox: [say('1')] }));
      for (const delivery of first.deliveries) {
        await store.settle(delivery, { kind: 'retry', dueAt: 5000, error: 'down' });
      }
      const second = await store.commitTurn(turn(inbound('b'), { expectedVersion: 1, outbox: [say('2')] }));
      expect(second.deliveries).toEqual([]);
      const elsewhere = await store.commitTurn(turn(inbound('c', 'test:2'), { outbox: [say('3')] }));
      expect(elsewhere.deliveries).toHaveLength(1);

      expect(await store.takeDue(due(4999))).toEqual([]);
      const [head, ...rest] = await store.takeDue(due(5000));
      expect(rest).toEqual([]);
      expect(head).toMatchObject({ message: say('1'), attempts: 1 });
      if (head) await store.settle(head, { kind: 'delivered' });
      expect((await store.takeDue(due(5000))).map(({ message }) => message.text)).toEqual(['2']);
    });

    test('messages and timers of channels that are not asked for are left alone', async () => {
      await using store = await prepare().open();
      const timers = { set: [{ name: 'nudge', dueAt: 1 }], cancelled: [] };
      const { deliveries } = await store.commitTurn(turn(inbound('a'), { outbox: [say('1')], timers }));
      for (const delivery of deliveries) await store.settle(delivery, { kind: 'retry', dueAt: 1, error: '' });
      expect(await store.takeDue({ channels: ['other'], at: 9000, limit: 10 })).toEqual([]);
      expect(await store.dueTimers({ channels: ['other'], at: 9000, limit: 10 })).toEqual([]);
    });

    test('a message given up is out of the way', async () => {
      await using store = await prepare().open();
      const { deliveries } = await store.commitTurn(turn(inbound('a'), { outbox: [say('1')] }));
      for (const delivery of deliveries)
        await store.settle(delivery, { kind: 'dead', error: 'no such person' });
      const next = await store.commitTurn(turn(inbound('b'), { expectedVersion: 1, outbox: [say('2')] }));
      expect(next.deliveries).toHaveLength(1);
      expect(await store.takeDue(due(9000))).toEqual([]);
    });

    test('what a dead process did not send is taken over', async () => {
      const shared = prepare();
      const one = await shared.open();
      await one.commitTurn(turn(inbound('a'), { outbox: [say('1')] }));
      await one[Symbol.asyncDispose]();
      await using other = await shared.open();
      expect((await other.takeDue(due(1000))).map(({ message }) => message.text)).toEqual(['1']);
    });
  });
}

function logContract(name: string, prepare: () => StoreUnderTest): void {
  describe(`${name} keeps the contract of the log`, () => {
    test('events are read in order, also from a cursor on', async () => {
      await using store = await prepare().open();
      await store.commitTurn(turn(inbound('a')));
      await store.commitTurn(turn(inbound('x', 'test:2')));
      const { lastEventId } = await store.commitTurn(turn(inbound('b'), { expectedVersion: 1 }));
      const all = await store.events('test:1');
      expect(all.map(({ turn, kind }) => [turn, kind])).toEqual([
        [1, 'user_message'],
        [1, 'bot_message'],
        [2, 'user_message'],
        [2, 'bot_message'],
      ]);
      const [, , third, fourth] = all;
      expect(await store.events('test:1', { after: third?.id ?? 0 })).toEqual([fourth]);
      expect(await store.events('test:1', { after: lastEventId })).toEqual([]);
      expect(await store.events('test:1', { limit: 1 })).toHaveLength(1);
      expect(await store.events('test:1', { last: 2 })).toEqual([third, fourth]);
    });

    test('what went on since a cursor is told, in whatever process, and what was forgotten too', async () => {
      const shared = prepare();
      await using store = await shared.open();
      await using other = await shared.open();
      await store.commitTurn(turn(inbound('a')));
      const begin = await store.changes(undefined);
      expect(begin).toMatchObject({ cursor: { forgotten: 0 }, conversations: [] });
      await other.commitTurn(turn(inbound('x', 'test:2')));
      const { lastEventId } = await other.commitTurn(turn(inbound('y', 'test:2'), { expectedVersion: 1 }));
      const { cursor, conversations } = await store.changes(begin.cursor);
      expect({ cursor, conversations }).toEqual({
        cursor: { event: lastEventId, forgotten: 0 },
        conversations: ['test:2'],
      });
      expect(await store.changes(cursor)).toEqual({ cursor, conversations: [] });
      await other.forget('test:unknown');
      expect(await store.changes(cursor)).toEqual({ cursor, conversations: [] });
      await other.forget('test:1');
      expect((await store.changes(cursor)).cursor).toEqual({ event: lastEventId, forgotten: 1 });
    });

    test('the last traces come oldest first', async () => {
      await using store = await prepare().open();
      for (const [version, id] of ['a', 'b', 'c'].entries()) {
        await store.commitTurn(turn(inbound(id), { expectedVersion: version }));
      }
      const traces = await store.traces('test:1', { limit: 2 });
      expect(traces.map(({ turn, trace }) => [turn, trace])).toEqual([
        [2, { of: 'b' }],
        [3, { of: 'c' }],
      ]);
    });

    test('what was heard last is told of each conversation, the latest first', async () => {
      await using store = await prepare().open();
      const heardIn = async (limit?: number) =>
        (await store.lastHeard(limit === undefined ? {} : { limit })).map(({ conversation, data }) => [
          conversation,
          (data as { readonly text: string }).text,
        ]);
      expect(await heardIn()).toEqual([]);
      await store.commitTurn(turn(inbound('a')));
      await store.commitTurn(turn(inbound('c', 'test:2'), { at: 2000 }));
      await store.commitTurn(turn(inbound('b'), { at: 3000, expectedVersion: 1 }));
      await store.commitTurn(turn(inbound('d', 'test:3'), { at: 4000, events: [] }));
      expect(await heardIn()).toEqual([
        ['test:1', 'b'],
        ['test:2', 'c'],
      ]);
      expect(await heardIn(2)).toEqual([['test:1', 'b']]);
    });

    test('an open hand-over shows until it is released', async () => {
      await using store = await prepare().open();
      const handover = { kind: 'opened', number: 'H-1', queue: 'people', slots: {} } as const;
      await store.commitTurn(turn(inbound('a'), { handover }));
      expect(await store.conversations()).toMatchObject([{ id: 'test:1', handover: 'H-1' }]);
      const released = { kind: 'released', by: 'operator' } as const;
      await store.commitTurn(turn(inbound('b'), { expectedVersion: 1, handover: released }));
      expect(await store.conversation('test:1')).toMatchObject({ id: 'test:1', handover: null });
    });

    test('a forgotten conversation leaves nothing, and others stay', async () => {
      await using store = await prepare().open();
      const timers = { set: [{ name: 'nudge', dueAt: 1 }], cancelled: [] };
      await store.startAction(start(inbound('a'), 'k'));
      await store.commitTurn(turn(inbound('a'), { outbox: [say('1')], timers }));
      await store.commitTurn(turn(inbound('b', 'test:2')));
      expect(await store.forget('test:1')).toBe(true);
      expect(await store.forget('test:1')).toBe(false);
      expect((await store.load('test:1')).version).toBe(0);
      expect(await store.events('test:1')).toEqual([]);
      expect(await store.findReply('test:1', 'a')).toBeUndefined();
      expect(await store.dueTimers(due(9000))).toEqual([]);
      expect((await store.conversations()).map(({ id }) => id)).toEqual(['test:2']);
    });

    test('conversations idle since a time are forgotten together', async () => {
      await using store = await prepare().open();
      await store.commitTurn(turn(inbound('a', 'test:old'), { at: 1000 }));
      await store.commitTurn(turn(inbound('b', 'test:new'), { at: 2000 }));
      expect(await store.forgetIdleSince(2000)).toBe(1);
      expect((await store.conversations()).map(({ id }) => id)).toEqual(['test:new']);
    });

    test('a program is kept under its version', async () => {
      await using store = await prepare().open();
      await store.saveProgram('v1', { flows: {} }, 1);
      await store.saveProgram('v1', { flows: { other: 1 } }, 2);
      expect(await store.loadProgram('v1')).toEqual({ flows: {} });
      expect(await store.loadProgram('v2')).toBeUndefined();
    });
  });
}
