import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDialogue } from '../../src/dialogue/create-dialogue.ts';
import type { Dialogue } from '../../src/dialogue/dialogue.ts';
import { EngineError } from '../../src/errors.ts';
import type { FailPoint } from '../../src/engine/engine-ports.ts';
import { silentLogger } from '../../src/logger.ts';
import { program } from '../dialogue/run/talk.ts';
import type { Ledger } from './small-bot.ts';
import { message, openSmallBot, temporaryFolder, textMessage } from './small-bot.ts';

describe('a turn', () => {
  test('answers, and keeps the conversation', async () => {
    await using bot = await openSmallBot();
    expect(await bot.say('hello there')).toEqual(['You said hello there.']);
    expect(await bot.store.load('test:1')).toMatchObject({ version: 1, state: { turns: 1 } });
  });

  test('of a message that was answered before gives the same reply and changes nothing', async () => {
    await using bot = await openSmallBot();
    const first = await bot.engine.receive(textMessage('hello', 'a'));
    const again = await bot.engine.receive(textMessage('hello', 'a'));
    expect(again).toEqual({ ...first, duplicate: true });
    expect((await bot.store.load('test:1')).version).toBe(1);
  });

  test('of a conversation that must exist, and does not, is refused, and nothing is kept', async () => {
    await using bot = await openSmallBot();
    const mustExist = true;
    const refused = bot.engine.receive(textMessage('hello', 'a'), { mustExist });
    await expect(refused).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    expect(await bot.store.conversation('test:1')).toBeUndefined();
    await bot.say('hello');
    expect((await bot.engine.receive(textMessage('again', 'b'), { mustExist })).turn).toBe(2);
  });

  test('the same message twice at once is one turn', async () => {
    await using bot = await openSmallBot();
    const results = await Promise.all([
      bot.engine.receive(textMessage('hello', 'a')),
      bot.engine.receive(textMessage('hello', 'a')),
    ]);
    expect(results.map(({ duplicate }) => duplicate)).toEqual([false, true]);
  });

  test('messages of a burst are answered in order', async () => {
    await using bot = await openSmallBot();
    const texts = ['one', 'two', 'three', 'four'];
    const replies = await Promise.all(texts.map((text) => bot.say(text)));
    expect(replies.flat()).toEqual(texts.map((text) => `You said ${text}.`));
    const events = await bot.store.events('test:1');
    expect(events.filter(({ kind }) => kind === 'user_message').map(({ turn }) => turn)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  test('two processes on one conversation take turns', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'store.sqlite');
    await using one = await openSmallBot({ file });
    await using other = await openSmallBot({ file });
    const replies = await Promise.all([
      ...['a', 'b', 'c'].map((text) => one.say(text, text)),
      ...['d', 'e', 'f'].map((text) => other.say(text, text)),
    ]);
    expect(replies.flat()).toHaveLength(6);
    expect((await one.store.load('test:1')).version).toBe(6);
  });

  test('a stage that throws is answered civilly, and leaves the conversation as it was', async () => {
    await using bot = await openSmallBot();
    await bot.say('hello');
    const result = await bot.engine.receive(textMessage('boom', 'b'));
    expect(result.messages.map(({ text }) => text)).toEqual(['utter_internal_error']);
    expect(result.trace.notes).toEqual(['the turn failed: the dialogue broke']);
    expect(await bot.store.load('test:1')).toMatchObject({ version: 2, state: { turns: 1 } });
  });

  test('a dialogue that never waits for the person is stopped', async () => {
    await using bot = await openSmallBot();
    expect(await bot.say('loop')).toEqual(['utter_internal_error']);
  });

  test('a text of a megabyte gets a civil answer, and is kept cut', async () => {
    await using bot = await openSmallBot();
    expect(await bot.say('x'.repeat(1_000_000))).toEqual(['Sorry: too_long.']);
    const [event] = await bot.store.events('test:1');
    expect(event).toMatchObject({ kind: 'user_message', data: { text: 'x'.repeat(5000) } });
  });

  test.each(['\u0000\u001b[2J\u0007', '\ud800 lone', '𝒳'.repeat(10)])('takes %j as it is', async (text) => {
    await using bot = await openSmallBot();
    expect(await bot.say(text)).toEqual([`You said ${text}.`]);
    expect((await bot.engine.receive(textMessage(text, 'm-1'))).duplicate).toBe(true);
  });

  test.each([{ id: '' }, { conversation: '' }, { id: 'x'.repeat(513) }])(
    'without proper ids is refused: %j',
    async (wrong) => {
      await using bot = await openSmallBot();
      const refused = bot.engine.receive({ ...textMessage('hello', 'a'), ...wrong });
      await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    },
  );

  test('attachments, buttons and the opening of a conversation are turns too', async () => {
    await using bot = await openSmallBot();
    const { engine } = bot;
    const sent = await engine.receive(message({ kind: 'attachment', media: 'audio' }, 'a'));
    expect(sent.messages[0]?.text).toBe('I cannot see attachments.');
    const opened = await engine.receive(message({ kind: 'opened' }, 'b', 'test:2'));
    expect(opened.messages[0]?.text).toBe('Hello.');
  });

  test('a turn that cannot be kept is refused, and its action is not repeated when it is sent again', async () => {
    const full = { is: true };
    const failPoints = (name: FailPoint): void => {
      if (name === 'before_commit' && full.is) throw new EngineError('STORE_FULL', 'The disk is full.');
    };
    await using bot = await openSmallBot({ ports: { failPoints } });
    await expect(bot.say('pay 5', 'a')).rejects.toMatchObject({ code: 'STORE_FULL' });
    full.is = false;
    expect(await bot.say('pay 5', 'a')).toEqual(['Done: {"paid":"5"}.']);
    expect(bot.ledger.calls).toBe(1);
  });

  test('a full disk loses nothing: with room again, the conversation goes on where it was', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'store.sqlite');
    const answered: string[] = [];
    {
      await using bot = await openSmallBot({ file, maxPages: 60 });
      const untilFull = async (): Promise<void> => {
        for (let count = 1; ; count += 1) {
          await bot.say(`${count} ${'x'.repeat(4000)}`, `m${count}`);
          answered.push(`m${count}`);
        }
      };
      await expect(untilFull()).rejects.toMatchObject({ code: 'STORE_FULL' });
    }
    expect(answered.length).toBeGreaterThan(1);
    await using bot = await openSmallBot({ file });
    expect((await bot.store.load('test:1')).version).toBe(answered.length);
    for (const id of answered) expect((await bot.engine.receive(textMessage('?', id))).duplicate).toBe(true);
    expect(await bot.say('hello')).toEqual(['You said hello.']);
  });
});

describe('an action', () => {
  test('that failed is told to the dialogue', async () => {
    await using bot = await openSmallBot();
    expect(await bot.say('pay nothing')).toEqual(['Failed: error.']);
  });

  test('with effects runs once for its key, over turns', async () => {
    await using bot = await openSmallBot();
    expect(await bot.say('pay 5')).toEqual(['Done: {"paid":"5"}.']);
    expect(await bot.say('pay 5')).toEqual(['Done: {"paid":"5"}.']);
    expect(await bot.say('pay 6')).toEqual(['Done: {"paid":"6"}.']);
    expect(bot.ledger.calls).toBe(2);
  });

  test('that failed is looked up on the next try before it is called again', async () => {
    await using bot = await openSmallBot();
    await bot.say('pay nothing');
    bot.ledger.rows.set('test:1/pay/nothing', { paid: 'late' });
    expect(await bot.say('pay nothing')).toEqual(['Done: {"paid":"late"}.']);
    expect(bot.ledger.calls).toBe(1);
  });

  test('without a lookup, whose end nobody saw, goes to a person and is never called again', async () => {
    let calls = 0;
    const ports = {
      actions: {
        run: () => {
          calls += 1;
          return Promise.resolve({ kind: 'failed', reason: 'timeout', message: 'slow' } as const);
        },
        lookup: () => Promise.resolve({ kind: 'unknown', message: 'no lookup' } as const),
      },
    };
    await using bot = await openSmallBot({ ports });
    expect(await bot.say('pay 5')).toEqual(['Failed: timeout.']);
    expect(await bot.say('pay 5')).toEqual(['Failed: unknown_outcome.']);
    expect(await bot.say('pay 5')).toEqual(['Failed: unknown_outcome.']);
    expect(calls).toBe(1);
  });
});

describe('a caller that goes away', () => {
  test('does not stop an effect half-way', async () => {
    const { signal, abort } = abortable();
    let heard: AbortSignal | undefined;
    const ports = {
      actions: {
        run: (_: unknown, options?: { readonly signal?: AbortSignal | undefined }) => {
          abort();
          heard = options?.signal;
          return Promise.resolve({ kind: 'ran', set: { paid: '5' }, user: {}, say: [] } as const);
        },
        lookup: () => Promise.resolve({ kind: 'unknown', message: '' } as const),
      },
    };
    await using bot = await openSmallBot({ ports });
    const result = await bot.engine.receive(textMessage('pay 5', 'a'), { signal });
    expect(result.messages.map(({ text }) => text)).toEqual(['Done: {"paid":"5"}.']);
    expect(heard).toBeUndefined();
  });
});

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

describe('after a crash', () => {
  const crash = (at: FailPoint) => ({
    failPoints: (name: FailPoint) => {
      if (name === at) throw new EngineError('STORE_FAILED', `crashed ${name}`);
    },
  });

  test.each([
    { at: 'before_action', callsBefore: 0 },
    { at: 'before_commit', callsBefore: 1 },
    { at: 'before_send', callsBefore: 1 },
  ] as const)(
    '$at, the message is answered once and the action took place once',
    async ({ at, callsBefore }) => {
      using folder = temporaryFolder();
      const file = join(folder.path, 'store.sqlite');
      const ledger: Ledger = { rows: new Map(), calls: 0 };
      const sent: string[] = [];
      const channels = [sendingChannel(sent)];
      const before = await openSmallBot({ file, ledger, ports: { ...crash(at), channels } });
      await expect(before.say('pay 5', 'a')).rejects.toMatchObject({ code: 'STORE_FAILED' });
      expect(ledger.calls).toBe(callsBefore);
      expect(sent).toEqual([]);
      await before[Symbol.asyncDispose]();

      await using after = await openSmallBot({ file, ledger, ports: { channels } });
      await after.engine.recover();
      expect(sent).toEqual(['Done: {"paid":"5"}.']);
      expect(ledger.calls).toBe(1);
      expect(await after.say('pay 5', 'a')).toEqual(['Done: {"paid":"5"}.']);
      expect((await after.store.load('test:1')).version).toBe(1);
      await after.engine.runDue();
      expect(sent).toHaveLength(1);
    },
  );

  test('what was begun before is answered before what comes next', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'store.sqlite');
    const ledger: Ledger = { rows: new Map(), calls: 0 };
    const before = await openSmallBot({ file, ledger, ports: crash('before_commit') });
    await expect(before.say('pay 5', 'a')).rejects.toThrow();
    await before[Symbol.asyncDispose]();

    await using after = await openSmallBot({ file, ledger });
    expect(await after.say('next', 'b')).toEqual(['You said next.']);
    const events = await after.store.events('test:1');
    const said = events.filter(({ kind }) => kind === 'user_message').map(({ data }) => data);
    expect(said).toMatchObject([{ text: 'pay 5' }, { text: 'next' }]);
    expect(ledger.calls).toBe(1);
  });

  test('accepted messages are answered in their order', async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'store.sqlite');
    const before = await openSmallBot({ file });
    for (const id of ['one', 'two', 'three']) await before.store.accept(textMessage(id, id), 1);
    await before[Symbol.asyncDispose]();
    const sent: string[] = [];
    await using after = await openSmallBot({ file, ports: { channels: [sendingChannel(sent)] } });
    await after.engine.recover();
    expect(sent).toEqual(['You said one.', 'You said two.', 'You said three.']);
  });
});

function sendingChannel(sent: string[], fail: () => boolean = () => false) {
  return {
    name: 'test',
    capabilities: { buttons: true, maxButtons: 9, links: true, images: true, maxTextLength: 1000 },
    verify: () => true,
    parse: () => [],
    render: (messages: readonly { readonly text: string }[]) => messages.map(({ text }) => text),
    send: (_: string, rendered: unknown) => {
      if (fail()) return Promise.reject(new Error('the channel is down'));
      sent.push(String(rendered));
      return Promise.resolve();
    },
  };
}

describe('delivery', () => {
  test('a message that fails is retried later, and the next ones wait for it', async () => {
    const sent: string[] = [];
    const down = { is: true };
    await using bot = await openSmallBot({ ports: { channels: [sendingChannel(sent, () => down.is)] } });
    await bot.say('one');
    down.is = false;
    await bot.say('two');
    expect(sent).toEqual([]);
    await bot.engine.runDue();
    expect(sent).toEqual([]);
    bot.clock.ms += 5000;
    await bot.engine.runDue();
    expect(sent).toEqual(['You said one.', 'You said two.']);
  });

  test('each turn is one line in the log, however it came, without what was said', async () => {
    const lines: object[] = [];
    const logger = { ...silentLogger, info: (fields: object) => void lines.push(fields) };
    await using bot = await openSmallBot({ ports: { logger } });
    await bot.engine.accept(textMessage('xyzzy', 'a'));
    await bot.engine.receive(textMessage('person', 'b'));
    await bot.engine.receive(textMessage('person', 'b'));
    await bot.engine.release('test:1', 'operator');
    expect(lines).toMatchObject([
      { conversation: 'test:1', turn: 1 },
      { conversation: 'test:1', turn: 2 },
      { conversation: 'test:1', turn: 3 },
    ]);
    expect(JSON.stringify(lines)).not.toContain('xyzzy');
  });

  test('an accepted message is answered in the background, once', async () => {
    const sent: string[] = [];
    const bot = await openSmallBot({ ports: { channels: [sendingChannel(sent)] } });
    expect(await bot.engine.accept(textMessage('one', 'a'))).toBe(true);
    expect(await bot.engine.accept(textMessage('one', 'a'))).toBe(false);
    await bot[Symbol.asyncDispose]();
    expect(sent).toEqual(['You said one.']);
  });
});

describe('a timer', () => {
  test('speaks when it is due, once', async () => {
    const sent: string[] = [];
    await using bot = await openSmallBot({ ports: { channels: [sendingChannel(sent)] } });
    await bot.say('nudge');
    bot.clock.ms += 999;
    await bot.engine.runDue();
    expect(sent).toEqual(['Take your time.']);
    bot.clock.ms += 1;
    await bot.engine.runDue();
    await bot.engine.runDue();
    expect(sent).toEqual(['Take your time.', 'Are you still there?']);
  });

  test('that the dialogue set for a silent person survives a restart', async () => {
    using folder = temporaryFolder();
    const sent: string[] = [];
    const open = () =>
      openSmallBot({
        file: join(folder.path, 'store.sqlite'),
        ports: { channels: [sendingChannel(sent)], dialogue: watchfulDialogue() },
      });
    {
      await using bot = await open();
      await bot.engine.receive(
        message({ kind: 'payload', payload: { kind: 'start_flow', flow: 'greet' } }, 'm-1'),
      );
    }
    await using bot = await open();
    bot.clock.ms += 599_999;
    await bot.engine.runDue();
    expect(sent).toEqual(['utter_ask_name']);
    bot.clock.ms += 1;
    await bot.engine.runDue();
    expect(sent.slice(1)).toEqual(['utter_ask_still_there', 'utter_ask_name']);
    bot.clock.ms += 3_600_000;
    await bot.engine.runDue();
    await bot.engine.runDue();
    expect(sent.slice(3)).toEqual(['utter_inform_hangup']);
  });

  test('that was cancelled stays silent', async () => {
    const sent: string[] = [];
    await using bot = await openSmallBot({ ports: { channels: [sendingChannel(sent)] } });
    await bot.say('nudge');
    await bot.say('calm');
    bot.clock.ms += 5000;
    await bot.engine.runDue();
    expect(sent).toEqual(['Take your time.', 'As you wish.']);
  });
});

describe('a hand-over', () => {
  test('silences the bot until an operator releases the conversation', async () => {
    await using bot = await openSmallBot();
    expect(await bot.say('person please')).toEqual(['A person will come.']);
    expect(await bot.say('hello?')).toEqual([]);
    expect((await bot.engine.inspect('test:1')).handover).toMatch(/^[0-9A-Z]+$/);
    const { messages } = await bot.engine.release('test:1', 'operator');
    expect(messages.map(({ text }) => text)).toEqual(['I am back.']);
    expect((await bot.engine.inspect('test:1')).handover).toBeNull();
    expect(await bot.say('hello')).toEqual(['You said hello.']);
  });

  test('ends when the customer asks for the bot', async () => {
    await using bot = await openSmallBot();
    await bot.say('person please');
    expect(await bot.say('back to the bot')).toEqual(['I am back.']);
    expect((await bot.engine.inspect('test:1')).handover).toBeNull();
  });

  test('that nobody takes up ends by itself', async () => {
    await using bot = await openSmallBot({ settings: { handoverTimeoutMs: 60_000 } });
    await bot.say('person please');
    bot.clock.ms += 60_000;
    await bot.engine.runDue();
    expect((await bot.engine.inspect('test:1')).handover).toBeNull();
    expect(await bot.store.dueTimers({ channels: ['test'], at: Infinity, limit: 9 })).toEqual([]);
  });
});

describe('what is written', () => {
  test('is said, with its drafts and its tokens', async () => {
    const drafts: string[] = [];
    await using bot = await openSmallBot({
      ports: {
        writer: {
          write: (_, { onDraft } = {}) => {
            onDraft?.('It is');
            const usage = { promptTokens: 10, completionTokens: 5 };
            return Promise.resolve({ message: { text: 'It is so.', locale: 'en' }, model: 'm', usage });
          },
        },
      },
    });
    const onDraft = (text: string) => void drafts.push(text);
    const result = await bot.engine.receive(textMessage('ask why', 'a'), { onDraft });
    expect(result.messages.map(({ text }) => text)).toEqual(['It is so.']);
    expect(result.trace.tokens).toEqual({ prompt: 10, completion: 5 });
    expect(drafts).toEqual(['It is']);
  });

  test('may be nothing, and the dialogue says something else', async () => {
    await using bot = await openSmallBot();
    expect(await bot.say('ask why')).toEqual(['I do not know.']);
  });
});

describe('privacy', () => {
  test('sensitive slots are masked in the trace, and forgetting leaves nothing', async () => {
    const sensitive = { slots: { email: 'email' }, entities: {} };
    await using bot = await openSmallBot({ settings: { sensitive } });
    const { trace } = await bot.engine.receive(textMessage('remember a@b.example', 'a'));
    expect(JSON.stringify(trace)).not.toContain('a@b.example');
    expect(trace.understanding?.text).toBe('remember [email]');
    await bot.engine.forget('test:1');
    await expect(bot.engine.inspect('test:1')).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
    await expect(bot.engine.forget('test:1')).rejects.toMatchObject({ code: 'CONVERSATION_NOT_FOUND' });
  });
});

/** A real dialogue that asks one thing, and minds silence. */
function watchfulDialogue(): Dialogue {
  const flow = 'slots: { name: { type: text } }\nflows: { greet: { steps: [ { collect: name } ] } }';
  const asks = 'responses: { utter_ask_name: [ { text: Your name? } ] }';
  return createDialogue(program(`${flow}\n${asks}`), {
    silence: { nudgeMs: 600_000, expireMs: 3_600_000 },
  });
}
