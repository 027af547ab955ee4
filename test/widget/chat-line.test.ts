import { describe, expect, test } from 'vitest';
import { operatorToken, serveSmallBot, type ServedSmallBot } from '../server/served-bot.ts';
import {
  broken,
  brieflyUnlessLong,
  MemoryStorage,
  openPage,
  reach,
  tokenOf,
  type Fetch,
} from './open-page.ts';

// What a page holds of a line, and what it remembers of who looked at the chat.

async function openStreams(server: ServedSmallBot): Promise<number> {
  const { text } = await server.ask('GET', '/metrics', { token: operatorToken });
  return Number(/usher_open_streams (\d+)/.exec(text)?.[1]);
}

/** Says nothing, until whoever asked has had enough. */
const silent: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
  });

/** Time that a test lets pass. */
function createTime() {
  const sleepers: { readonly ms: number; readonly wake: () => void }[] = [];
  return {
    wait: (ms: number, signal: AbortSignal) =>
      ms < 60_000
        ? brieflyUnlessLong(ms, signal)
        : new Promise<void>((wake) => {
            signal.addEventListener('abort', () => wake());
            sleepers.push({ ms, wake });
          }),
    /** Whoever waited for no longer than this has waited enough. */
    pass: (most: number) => {
      for (const { ms, wake } of sleepers.splice(0)) if (ms <= most) wake();
    },
  };
}

test('a message that failed once and then arrived leaves no word of a broken line', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  await expect.poll(() => openStreams(server)).toBe(1);
  let failures = 0;
  page.line.fetch = (url, init) =>
    init.method === 'POST' && (failures += 1) === 1 ? broken(url, init) : reach(server)(url, init);
  page.client.send('hi');
  await expect.poll(page.texts).toContain('You said hi.');
  expect([failures, page.client.state.connection]).toEqual([2, 'online']);
});

test('a server that cannot answer is said to be away, and the message arrives when it can', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  page.line.fetch = (url, init) =>
    init.method === 'POST' ? Promise.resolve(new Response('{}', { status: 503 })) : reach(server)(url, init);
  page.client.send('hi');
  await expect.poll(() => page.client.state.connection).toBe('offline');
  page.line.fetch = reach(server);
  await expect.poll(page.texts).toContain('You said hi.');
  expect(page.client.state.connection).toBe('online');
});

describe('a line that says nothing any more', () => {
  test('is made anew for events, and nothing is missed', async () => {
    await using server = await serveSmallBot();
    const time = createTime();
    using page = openPage(server, { wait: time.wait });
    page.line.fetch = (url, init) => (url.endsWith('/events') ? silent(url, init) : reach(server)(url, init));
    await page.client.start();
    page.client.send('nudge');
    await expect.poll(page.texts).toContain('Take your time.');
    server.bot.clock.ms += 2_000;
    await server.bot.engine.runDue();
    page.line.fetch = reach(server);
    time.pass(60_000);
    await expect.poll(page.texts).toContain('Are you still there?');
  });

  test('is made anew for a message, which is answered once', async () => {
    await using server = await serveSmallBot();
    const time = createTime();
    using page = openPage(server, { wait: time.wait });
    await page.client.start();
    page.line.fetch = async (url, init) => {
      const response = await reach(server)(url, init);
      return init.method === 'POST' ? silent(url, init) : response;
    };
    page.client.send('pay 5');
    await expect.poll(() => server.bot.ledger.calls).toBe(1);
    page.line.fetch = reach(server);
    time.pass(60_000);
    await expect.poll(page.texts).toEqual(['Hello.', 'pay 5', 'Done: {"paid":"5"}.']);
    expect(server.bot.ledger.calls).toBe(1);
  });
});

test('a page that is not in view holds no line, sends all the same, and then hears what it missed', async () => {
  await using server = await serveSmallBot({ limits: { pollMs: 5 } });
  using page = openPage(server);
  await page.client.start();
  await expect.poll(() => openStreams(server)).toBe(1);
  page.client.watch(false);
  await expect.poll(() => openStreams(server)).toBe(0);
  page.client.send('nudge');
  await expect.poll(page.texts).toContain('Take your time.');
  expect(page.client.state.connection).toBe('online');
  server.bot.clock.ms += 2_000;
  await server.bot.engine.runDue();
  expect(await openStreams(server)).toBe(0);
  page.client.watch(true);
  await expect.poll(page.texts).toContain('Are you still there?');
  expect(page.texts()).toHaveLength(4);
});

test('a chat that nobody opens begins no conversation, and goes on with one that there is', async () => {
  await using server = await serveSmallBot();
  const storage = new MemoryStorage();
  using visitor = openPage(server, { storage });
  expect(await visitor.client.resume()).toBe(false);
  expect(await server.bot.store.conversations()).toEqual([]);
  await visitor.client.start();
  using next = openPage(server, { storage });
  expect(await next.client.resume()).toBe(true);
  await Promise.all([next.client.start(), next.client.start()]);
  expect(next.texts()).toEqual(['Hello.']);
  expect(await server.bot.store.conversations()).toHaveLength(1);
});

describe('what came while nobody looked is counted', () => {
  test('from page to page, and what was seen is not', async () => {
    await using server = await serveSmallBot({ limits: { pollMs: 5 } });
    const storage = new MemoryStorage();
    using first = openPage(server, { storage });
    first.client.look(true);
    await first.client.start();
    first.client.send('nudge');
    await expect.poll(first.texts).toContain('Take your time.');
    expect(first.client.state.unread).toBe(0);
    first.client.look(false);
    first.client.stop();

    using second = openPage(server, { storage });
    expect(second.client.wasOpen).toBe(false);
    await second.client.resume();
    expect(second.client.state.unread).toBe(0);
    server.bot.clock.ms += 2_000;
    await server.bot.engine.runDue();
    await expect.poll(() => second.client.state.unread).toBe(1);
    second.client.stop();

    using third = openPage(server, { storage });
    await third.client.resume();
    expect(third.client.state.unread).toBe(1);
    third.client.look(true);
    expect(third.client.state.unread).toBe(0);
  });

  test('and a panel that was left open is open on the next page', async () => {
    await using server = await serveSmallBot();
    const storage = new MemoryStorage();
    using first = openPage(server, { storage });
    expect(first.client.wasOpen).toBeUndefined();
    first.client.look(true);
    await first.client.start();
    using second = openPage(server, { storage });
    expect(second.client.wasOpen).toBe(true);
  });
});

describe('a conversation that is silent here', () => {
  test('is not over while another tab talks', async () => {
    await using server = await serveSmallBot();
    const [storage, time] = [new MemoryStorage(), createTime()];
    using left = openPage(server, { storage, wait: time.wait, idleMs: 100_000 });
    await left.client.start();
    left.client.watch(false);
    using right = openPage(server, { storage, newId: () => 'other-tab-1', idleMs: 100_000 });
    await right.client.start();
    server.bot.clock.ms += 90_000;
    right.client.send('hi');
    await expect.poll(right.texts).toContain('You said hi.');
    server.bot.clock.ms += 20_000;
    time.pass(100_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(left.client.state.isEnded).toBe(false);
    server.bot.clock.ms += 100_000;
    time.pass(100_000);
    await expect.poll(() => left.client.state.isEnded).toBe(true);
  });

  test('is not over for hours while a person of the shop has it, nor on the next page', async () => {
    await using server = await serveSmallBot();
    const [storage, time] = [new MemoryStorage(), createTime()];
    using page = openPage(server, { storage, wait: time.wait, idleMs: 100_000 });
    await page.client.start();
    page.client.send('person');
    await expect.poll(() => page.client.state.status).toBe('person');
    server.bot.clock.ms += 3_600_000;
    time.pass(100_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(page.client.state.isEnded).toBe(false);
    using next = openPage(server, { storage, idleMs: 100_000 });
    await next.client.start();
    expect(next.texts()).toContain('A person will come.');
    server.bot.clock.ms += 12 * 3_600_000;
    time.pass(100_000);
    await expect.poll(() => page.client.state.isEnded).toBe(true);
  });
});

test('who signs in or out on an open page leaves the conversation of before, and finds their own again', async () => {
  await using server = await serveSmallBot({ now: Date.now });
  const [storage, page] = [new MemoryStorage(), { token: (await tokenOf('mia')) as string | undefined }];
  using chat = openPage(server, { storage, now: Date.now, userToken: () => page.token });
  chat.client.look(true);
  await chat.client.start();
  chat.client.send('a secret');
  await expect.poll(chat.texts).toContain('You said a secret.');
  page.token = await tokenOf('mia');
  await chat.client.changePerson();
  expect(chat.texts()).toContain('a secret');
  page.token = undefined;
  await chat.client.changePerson();
  expect(chat.texts()).toEqual(['Hello.']);
});

test('who is told to be signed in only after the page was loaded goes on with their conversation', async () => {
  await using server = await serveSmallBot({ now: Date.now });
  const storage = new MemoryStorage();
  const mia = await tokenOf('mia');
  using before = openPage(server, { storage, now: Date.now, userToken: () => mia });
  await before.client.start();
  before.client.send('a secret');
  await expect.poll(before.texts).toContain('You said a secret.');
  before.client.stop();
  const page: { token: string | undefined } = { token: undefined };
  using after = openPage(server, { storage, now: Date.now, userToken: () => page.token });
  expect(await after.client.resume()).toBe(false);
  page.token = mia;
  await after.client.changePerson();
  expect(after.texts()).toContain('a secret');
});

test('a message that is too long says so, and is not tried again', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  page.client.send('x'.repeat(4_001));
  await expect.poll(() => page.client.state.messages.at(-1)?.delivery).toBe('too_long');
  page.client.retry('page-1');
  expect(page.client.state.messages.at(-1)?.delivery).toBe('too_long');
  page.client.send('short');
  await expect.poll(page.texts).toContain('You said short.');
});
