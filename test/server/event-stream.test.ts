import { describe, expect, test } from 'vitest';
import { operatorToken, serveSmallBot, type ServedSmallBot } from './served-bot.ts';

interface ReceivedEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: Record<string, unknown>;
}

/** Reads a stream event by event, as `EventSource` would. */
async function* listen(
  server: ServedSmallBot,
  { id, token }: { readonly id: string; readonly token: string },
  after?: string,
): AsyncGenerator<ReceivedEvent> {
  const response = await server.handler.fetch(
    new Request(`http://localhost/v1/conversations/${id}/events`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(after === undefined ? {} : { 'last-event-id': after }),
      },
    }),
  );
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let buffer = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    buffer += decoder.decode(chunk as Uint8Array, { stream: true });
    const blocks = buffer.split('\n\n');
    buffer = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const data = field('data');
      if (data !== undefined)
        yield {
          event: field('event') ?? '',
          id: field('id'),
          data: JSON.parse(data) as Record<string, unknown>,
        };
    }
  }
}

async function take(
  events: AsyncGenerator<ReceivedEvent>,
  count: number,
  ofEvent?: string,
): Promise<ReceivedEvent[]> {
  const taken: ReceivedEvent[] = [];
  for await (const event of { [Symbol.asyncIterator]: () => ({ next: () => events.next() }) }) {
    if (ofEvent === undefined || event.event === ofEvent) taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

function send(server: ServedSmallBot, { id, token }: { id: string; token: string }, text: string) {
  return server.ask('POST', `/v1/conversations/${id}/messages`, {
    token,
    body: { text, message_id: `id-of-${text.replaceAll(' ', '-')}` },
  });
}

describe('an event stream', () => {
  test('begins with what was said, and goes on with what is said', async () => {
    await using server = await serveSmallBot();
    const conversation = await server.open();
    const events = listen(server, conversation);
    expect(await take(events, 1)).toMatchObject([{ event: 'message', data: { id: 't1.0', text: 'Hello.' } }]);
    await send(server, conversation, 'hi');
    expect(await take(events, 5)).toMatchObject([
      { event: 'status', data: { status: 'bot' } },
      { event: 'typing', data: { typing: true } },
      { event: 'typing', data: { typing: false } },
      { event: 'message', id: undefined, data: { id: 'id-of-hi', role: 'user' } },
      { event: 'message', data: { id: 't2.0', text: 'You said hi.' } },
    ]);
    await events.return(undefined);
  });

  test('resumes after a cursor with whole turns, each message once', async () => {
    await using server = await serveSmallBot();
    const conversation = await server.open();
    const first = await take(listen(server, conversation), 1);
    await send(server, conversation, 'one');
    await send(server, conversation, 'two');
    const resumed = listen(server, conversation, first[0]?.id);
    const ids = (await take(resumed, 4, 'message')).map(({ data }) => data['id']);
    expect(ids).toEqual(['id-of-one', 't2.0', 'id-of-two', 't3.0']);
    await resumed.return(undefined);
  });

  test('tells two listeners the same', async () => {
    await using server = await serveSmallBot();
    const conversation = await server.open();
    const tabs = [listen(server, conversation), listen(server, conversation)] as const;
    await Promise.all(tabs.map((tab) => take(tab, 1)));
    await send(server, conversation, 'hi');
    const [left, right] = await Promise.all(tabs.map((tab) => take(tab, 2, 'message')));
    expect(left).toEqual(right);
    await Promise.all(tabs.map((tab) => tab.return(undefined)));
  });

  test('finds what a timer or another process wrote', async () => {
    await using server = await serveSmallBot({ limits: { pollMs: 5 } });
    const conversation = await server.open();
    const events = listen(server, conversation);
    await take(events, 1);
    await send(server, conversation, 'nudge');
    await take(events, 2, 'message');
    server.bot.clock.ms += 2_000;
    await server.bot.engine.runDue();
    expect(await take(events, 1, 'message')).toMatchObject([{ data: { text: 'Are you still there?' } }]);
    await events.return(undefined);
  });

  test('ends when another process forgets the conversation, also one that others came after', async () => {
    await using server = await serveSmallBot({ limits: { pollMs: 5 } });
    const [conversation, later] = [await server.open(), await server.open()];
    const [events, others] = [listen(server, conversation), listen(server, later)];
    await take(events, 1, 'status');
    await take(others, 1, 'status');
    await server.bot.store.forget(`web:${conversation.id}`);
    expect((await events.next()).done).toBe(true);
    await send(server, later, 'hi');
    expect(await take(others, 2, 'message')).toMatchObject([{}, { data: { text: 'You said hi.' } }]);
    await others.return(undefined);
  });

  test('says when a person takes over, and when the bot is back', async () => {
    await using server = await serveSmallBot();
    const conversation = await server.open();
    const events = listen(server, conversation);
    const statuses = await take(events, 1, 'status');
    for (const text of ['person', 'back']) {
      await send(server, conversation, text);
      statuses.push(...(await take(events, 1, 'status')));
    }
    expect(statuses.map(({ data }) => data['status'])).toEqual(['bot', 'person', 'bot']);
    await events.return(undefined);
  });

  test('gives out the sentences of a reply that is being written', async () => {
    await using server = await serveSmallBot({
      ports: {
        writer: {
          write: (_, options) => {
            options?.onDraft?.('Well. ');
            return Promise.resolve({ message: { text: 'Well. I see.', locale: 'en' } });
          },
        },
      },
    });
    const conversation = await server.open();
    const events = listen(server, conversation);
    await take(events, 1);
    await send(server, conversation, 'ask why');
    expect(await take(events, 1, 'draft')).toEqual([
      { event: 'draft', id: undefined, data: { text: 'Well. ' } },
    ]);
    await events.return(undefined);
  });

  test('keeps little for a slow reader, who gets every message all the same', async () => {
    await using server = await serveSmallBot({ limits: { streamBufferBytes: 500 } });
    const conversation = await server.open();
    const events = listen(server, conversation);
    await take(events, 1);
    for (let count = 0; count < 20; count += 1) await send(server, conversation, `message ${count}`);
    const messages = await take(events, 40, 'message');
    expect(new Set(messages.map(({ data }) => data['id'])).size).toBe(40);
    await events.return(undefined);
  });

  test('that is only asked about by HEAD takes no place', async () => {
    await using server = await serveSmallBot();
    const { id, token } = await server.open();
    const { status, headers, text } = await server.ask('HEAD', `/v1/conversations/${id}/events`, { token });
    expect([status, headers.get('content-type'), text]).toEqual([200, 'text/event-stream', '']);
    const metrics = await server.ask('GET', '/metrics', { token: operatorToken });
    expect(metrics.text).toContain('usher_open_streams 0\n');
  });

  test('that nobody reads is ended after a while', async () => {
    await using server = await serveSmallBot({ limits: { streamBufferBytes: 50, heartbeatMs: 2 } });
    const conversation = await server.open();
    const request = new Request(`http://localhost/v1/conversations/${conversation.id}/events`, {
      headers: { authorization: `Bearer ${conversation.token}` },
    });
    const response = await server.handler.fetch(request);
    const open = async () => {
      const { text } = await server.ask('GET', '/metrics', { token: operatorToken });
      return /usher_open_streams (\d+)/.exec(text)?.[1];
    };
    expect(await open()).toBe('1');
    await expect.poll(open).toBe('0');
    await response.body?.cancel();
  });

  test('ends when the server goes down, and when its reader leaves', async () => {
    await using server = await serveSmallBot({ limits: { streamsPerConversation: 1 } });
    const conversation = await server.open();
    const first = listen(server, conversation);
    await take(first, 1);
    const path = `/v1/conversations/${conversation.id}/events`;
    const second = await server.ask('GET', path, { token: conversation.token });
    expect([second.status, second.json['code']]).toEqual([429, 'too_many_streams']);
    await first.return(undefined);
    const third = listen(server, conversation);
    await take(third, 1);
    await server.handler[Symbol.asyncDispose]();
    expect((await third.next()).done).toBe(true);
  });

  test.each([
    ['streams', 'from anywhere', '192.0.2.2'],
    ['streamsPerAddress', 'from one address', '192.0.2.1'],
  ] as const)('has its place while there is one: %s', async (limit, _, address) => {
    await using server = await serveSmallBot({ limits: { [limit]: 1 } });
    const [one, other] = [await server.open(), await server.open()];
    const open = (from: string) =>
      server.handler.fetch(
        new Request(`http://localhost/v1/conversations/${one.id}/events`, {
          headers: { authorization: `Bearer ${one.token}` },
        }),
        { address: from },
      );
    const first = await open('192.0.2.1');
    const path = `/v1/conversations/${other.id}/events`;
    const refused = await server.ask('GET', path, { token: other.token, address });
    expect([refused.status, refused.json['code']]).toEqual([429, 'too_many_streams']);
    await first.body?.cancel();
    expect((await open('192.0.2.1')).status).toBe(200);
  });
});
