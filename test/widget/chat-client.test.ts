import { describe, expect, test } from 'vitest';
import { transcriptOf } from '../../src/widget/transcript.ts';
import { serveSmallBot } from '../server/served-bot.ts';
import { broken, MemoryStorage, openPage, reach, tokenOf } from './open-page.ts';

test('what is said comes once, though reply, history and stream all bring it', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  page.client.send('hi');
  page.client.send('there');
  await expect.poll(page.texts).toEqual(['Hello.', 'hi', 'You said hi.', 'there', 'You said there.']);
  using again = openPage(server, { storage: new MemoryStorage() });
  await again.client.start();
  expect(again.texts()).toEqual(['Hello.']);
});

test('a message whose answer was lost on the way is answered once', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  let lost = 0;
  page.line.fetch = async (url, init) => {
    const response = await reach(server)(url, init);
    if (init.method === 'POST' && (lost += 1) <= 2) throw new TypeError('Failed to fetch');
    return response;
  };
  page.client.send('pay 5');
  await expect.poll(page.texts).toEqual(['Hello.', 'pay 5', 'Done: {"paid":"5"}.']);
  await expect.poll(() => lost).toBe(3);
  expect(server.bot.ledger.calls).toBe(1);
});

test('a message whose answer broke off in the middle is asked for again, and answered once', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  let broke = 0;
  page.line.fetch = async (url, init) => {
    const response = await reach(server)(url, init);
    if (init.method !== 'POST' || (broke += 1) > 1) return response;
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode('{"messages": ['));
        controller.error(new TypeError('terminated'));
      },
    });
    return new Response(cut, response);
  };
  page.client.send('pay 5');
  await expect.poll(() => broke).toBe(2);
  await expect.poll(page.texts).toEqual(['Hello.', 'pay 5', 'Done: {"paid":"5"}.']);
  expect(server.bot.ledger.calls).toBe(1);
});

test('what is said in the moment that an answer arrives is sent', async () => {
  await using server = await serveSmallBot();
  const left = ['two', 'three'];
  using page = openPage(server, {
    onChange: ({ messages }) => {
      const isAnswered = messages.at(-1)?.text.startsWith('You said') && !messages.at(-2)?.delivery;
      const next = isAnswered ? left.shift() : undefined;
      if (next !== undefined) queueMicrotask(() => page.client.send(next));
    },
  });
  await page.client.start();
  page.client.send('one');
  await expect.poll(page.texts).toContain('You said three.');
});

test('what the stream brings while a reply is being read is kept', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  const arrived = { stream: false };
  page.line.fetch = async (url, init) => {
    const response = await reach(server)(url, init);
    if (init.method !== 'POST') return response;
    const text = await response.text();
    const slow = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await expect.poll(() => page.client.state.isTyping).toBe(false);
        arrived.stream = true;
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    return new Response(slow, response);
  };
  page.client.send('hi');
  await expect.poll(() => arrived.stream).toBe(true);
  await expect.poll(page.texts).toEqual(['Hello.', 'hi', 'You said hi.']);
  expect(page.client.state.isTyping).toBe(false);
});

test('what is said while the line is broken is kept, and sent in order when it is back', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  page.line.fetch = broken;
  page.client.send('one');
  page.client.send('two');
  await expect.poll(() => page.client.state.connection).toBe('offline');
  expect(page.texts()).toEqual(['Hello.', 'one (sending)', 'two (sending)']);
  page.line.fetch = reach(server);
  await expect.poll(page.texts).toEqual(['Hello.', 'one', 'You said one.', 'two', 'You said two.']);
});

test('what is said before the server can be reached is kept, over a reload too, and sent when it can', async () => {
  await using server = await serveSmallBot();
  const storage = new MemoryStorage();
  using before = openPage(server, { storage });
  before.line.fetch = broken;
  void before.client.start();
  await expect.poll(() => before.client.state.connection).toBe('offline');
  before.client.send('is anybody there');
  expect(before.texts()).toEqual(['is anybody there (sending)']);
  before.client.stop();
  using after = openPage(server, { storage });
  await after.client.start();
  await expect.poll(after.texts).toEqual(['Hello.', 'is anybody there', 'You said is anybody there.']);
});

test('what is said while the history cannot be read comes after it', async () => {
  await using server = await serveSmallBot();
  const storage = new MemoryStorage();
  using before = openPage(server, { storage });
  await before.client.start();
  before.client.stop();
  using after = openPage(server, { storage, newId: () => 'after-1' });
  after.line.fetch = broken;
  void after.client.start();
  await expect.poll(() => after.client.state.connection).toBe('offline');
  after.client.send('hi');
  after.line.fetch = reach(server);
  await expect.poll(after.texts).toEqual(['Hello.', 'hi', 'You said hi.']);
});

test('what had arrived, unknown to a page that was loaded again, stands where it was said', async () => {
  await using server = await serveSmallBot();
  const storage = new MemoryStorage();
  using before = openPage(server, { storage });
  await before.client.start();
  before.client.send('one');
  await expect.poll(before.texts).toContain('You said one.');
  // The answer, and all that comes after it, is lost on the way.
  before.line.fetch = async (url, init) => {
    await reach(server)(url, init);
    before.client.stop();
    throw new TypeError('Failed to fetch');
  };
  before.client.send('two');
  await expect
    .poll(async () => (await server.bot.store.events('web:conversation-0001')).at(-1)?.turn)
    .toBe(3);
  using after = openPage(server, { storage });
  await after.client.start();
  await expect.poll(after.texts).toEqual(['Hello.', 'one', 'You said one.', 'two', 'You said two.']);
});

describe('where the page says who is signed in', () => {
  test('nobody sees what another said on the same machine, and the same person goes on', async () => {
    await using server = await serveSmallBot({ now: Date.now });
    const storage = new MemoryStorage();
    const seenBy = async (userToken: string | undefined): Promise<readonly string[]> => {
      using page = openPage(server, { storage, now: Date.now, userToken: () => userToken });
      await page.client.start();
      const seen = page.texts();
      if (seen.length > 1) return seen;
      page.client.send('a secret');
      await expect.poll(page.texts).toContain('You said a secret.');
      return seen;
    };
    const mia = await tokenOf('mia');
    expect(await seenBy(mia)).toEqual(['Hello.']);
    expect(await seenBy(mia)).toContain('a secret');
    expect(await seenBy(await tokenOf('tom'))).toEqual(['Hello.']);
    expect(await seenBy(undefined)).toEqual(['Hello.']);
  });

  test('its token is read anew for each conversation: an old one has expired', async () => {
    await using server = await serveSmallBot({ now: Date.now });
    const page = { token: 'expired' };
    using chat = openPage(server, { now: Date.now, userToken: () => page.token });
    await chat.client.start();
    expect(chat.client.state).toMatchObject({ isEnded: true, connection: 'refused' });
    page.token = await tokenOf('mia');
    await chat.client.restart();
    expect(chat.texts()).toEqual(['Hello.']);
  });
});

test('a page that is loaded again goes on, with what it had not sent yet', async () => {
  await using server = await serveSmallBot();
  const storage = new MemoryStorage();
  using before = openPage(server, { storage });
  await before.client.start();
  before.client.send('one');
  await expect.poll(before.texts).toEqual(['Hello.', 'one', 'You said one.']);
  before.line.fetch = broken;
  before.client.send('two');
  before.client.stop();
  using after = openPage(server, { storage });
  await after.client.start();
  await expect.poll(after.texts).toEqual(['Hello.', 'one', 'You said one.', 'two', 'You said two.']);
});

test('two tabs show the same conversation', async () => {
  await using server = await serveSmallBot();
  const storage = new MemoryStorage();
  using left = openPage(server, { storage });
  await left.client.start();
  using right = openPage(server, { storage, newId: () => 'other-tab-1' });
  await right.client.start();
  left.client.send('from the left');
  await expect.poll(right.texts).toEqual(['Hello.', 'from the left', 'You said from the left.']);
  right.client.send('from the right');
  await expect.poll(left.texts).toHaveLength(5);
});

test('what one tab has still to send is not forgotten when another says something', async () => {
  await using server = await serveSmallBot();
  const storage = new MemoryStorage();
  using left = openPage(server, { storage });
  await left.client.start();
  using right = openPage(server, { storage, newId: () => 'other-tab-1' });
  await right.client.start();
  left.line.fetch = broken;
  left.client.send('from the left');
  right.client.send('from the right');
  await expect.poll(right.texts).toContain('You said from the right.');
  left.client.stop();
  right.client.stop();
  using after = openPage(server, { storage });
  await after.client.start();
  await expect.poll(after.texts).toContain('You said from the left.');
  expect(after.texts()).toHaveLength(5);
});

test('a conversation begun in one tab is gone on with, until something is said in the old one', async () => {
  await using server = await serveSmallBot({ limits: { pollMs: 5 } });
  const storage = new MemoryStorage();
  const seenAfterReload = async (): Promise<readonly string[]> => {
    using page = openPage(server, { storage });
    await page.client.start();
    return page.texts();
  };
  using old = openPage(server, { storage });
  await old.client.start();
  old.client.send('nudge');
  await expect.poll(old.texts).toContain('Take your time.');
  using other = openPage(server, { storage });
  await other.client.start();
  await other.client.restart();
  server.bot.clock.ms += 2_000;
  await server.bot.engine.runDue();
  await expect.poll(old.texts).toContain('Are you still there?');
  expect(await seenAfterReload()).toEqual(['Hello.']);
  old.client.send('yes');
  await expect.poll(old.texts).toContain('You said yes.');
  expect(await seenAfterReload()).toContain('You said yes.');
});

test('a timer of the bot reaches an open page', async () => {
  await using server = await serveSmallBot({ limits: { pollMs: 5 } });
  using page = openPage(server);
  await page.client.start();
  page.client.send('nudge');
  await expect.poll(page.texts).toContain('Take your time.');
  server.bot.clock.ms += 2_000;
  await server.bot.engine.runDue();
  await expect.poll(page.texts).toContain('Are you still there?');
});

test('a refused message says so, and may be tried again', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  page.line.fetch = (url, init) =>
    init.method === 'POST' ? Promise.resolve(new Response('{}', { status: 400 })) : reach(server)(url, init);
  page.client.send('hi');
  await expect.poll(() => page.client.state.messages.at(-1)?.delivery).toBe('failed');
  page.line.fetch = reach(server);
  page.client.retry('page-1');
  expect(page.client.state.messages.at(-1)?.delivery).toBe('sending');
  await expect.poll(page.texts).toEqual(['Hello.', 'hi', 'You said hi.']);
});

test('a refused button is tried again as the button that it was', async () => {
  await using server = await serveSmallBot();
  using page = openPage(server);
  await page.client.start();
  const sent: unknown[] = [];
  page.line.fetch = (url, init) => {
    if (init.method !== 'POST') return reach(server)(url, init);
    sent.push(JSON.parse(init.body as string));
    return Promise.resolve(new Response('{}', { status: 400 }));
  };
  const payload = { kind: 'command', command: 'affirm' };
  page.client.send('Yes', payload);
  await expect.poll(() => page.client.state.messages.at(-1)?.delivery).toBe('failed');
  page.client.retry('page-1');
  await expect.poll(() => sent).toHaveLength(2);
  expect(sent[1]).toEqual({ payload, title: 'Yes', message_id: 'page-1' });
});

describe('a conversation ends', () => {
  test('when it was silent for too long, and a new one begins', async () => {
    await using server = await serveSmallBot();
    const storage = new MemoryStorage();
    using before = openPage(server, { storage, idleMs: 1_000 });
    await before.client.start();
    before.client.send('hi');
    await expect.poll(before.texts).toContain('You said hi.');
    before.client.stop();
    server.bot.clock.ms += 2_000;
    using after = openPage(server, { storage, idleMs: 1_000 });
    await after.client.start();
    expect(after.texts()).toEqual(['Hello.']);
  });

  test('when it was forgotten elsewhere', async () => {
    await using server = await serveSmallBot({ limits: { heartbeatMs: 5 } });
    using page = openPage(server);
    await page.client.start();
    await server.bot.engine.forget('web:conversation-0001');
    await expect.poll(() => page.client.state.isEnded).toBe(true);
    await page.client.restart();
    expect(page.texts()).toEqual(['Hello.']);
    expect(page.client.state.isEnded).toBe(false);
  });
});

test('a browser that keeps nothing still chats', async () => {
  await using server = await serveSmallBot();
  const refuses = (): never => {
    throw new Error('forbidden');
  };
  using page = openPage(server, { storage: { getItem: refuses, setItem: refuses, removeItem: refuses } });
  await page.client.start();
  page.client.send('hi');
  await expect.poll(page.texts).toContain('You said hi.');
});

test('the file to keep has who said what, and the links', () => {
  const links = [{ title: 'Delivery', url: 'https://shop.example/d' }];
  const text = transcriptOf(
    [
      { id: 'm', role: 'user', text: 'How long?', at: 0 },
      { id: 't', role: 'bot', text: 'Three days.', at: 0, links },
    ],
    'Shop',
    'You',
    'en',
  );
  expect(text).toMatch(
    /You: How long\?\n\n\[.*\] Shop: Three days\.\n {2}Delivery: https:\/\/shop\.example\/d\n$/,
  );
});
