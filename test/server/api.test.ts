import { SignJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import type { InboundMessage } from '../../src/message.ts';
import { operatorToken, serveSmallBot, userTokenSecret } from './served-bot.ts';

describe('a conversation', () => {
  test('is opened, talked in, read again and forgotten', async () => {
    await using server = await serveSmallBot();
    const created = await server.ask('POST', '/v1/conversations', { body: { locale: 'en' } });
    expect(created.status).toBe(201);
    expect(created.json['messages']).toMatchObject([{ id: 't1.0', role: 'bot', text: 'Hello.' }]);
    const { id, token } = created.json as { id: string; token: string };

    const sent = await server.ask('POST', `/v1/conversations/${id}/messages`, {
      token,
      body: { text: 'hi <b>there</b>', message_id: 'm1' },
    });
    expect(sent.status).toBe(200);
    expect(sent.json['messages']).toMatchObject([{ id: 't2.0', text: 'You said hi <b>there</b>.' }]);

    const read = await server.ask('GET', `/v1/conversations/${id}`, { token });
    expect(read.json).toMatchObject({
      id,
      status: 'bot',
      cursor: sent.json['cursor'],
      messages: [
        { id: 't1.0', text: 'Hello.' },
        { id: 'm1', role: 'user', text: 'hi <b>there</b>' },
        { id: 't2.0', text: 'You said hi <b>there</b>.' },
      ],
    });

    expect((await server.ask('DELETE', `/v1/conversations/${id}`, { token })).status).toBe(204);
    expect((await server.ask('GET', `/v1/conversations/${id}`, { token })).status).toBe(404);
    const again = await server.ask('POST', `/v1/conversations/${id}/messages`, {
      token,
      body: { text: 'hi' },
    });
    expect(again.status).toBe(404);
  });

  test.each([
    ['zh-CN', 'zh'],
    ['zh-Hant-HK', 'zh'],
    ['en-GB', 'en'],
    ['de', 'en'],
  ])('that is opened in %s begins in %s', async (locale, begun) => {
    await using server = await serveSmallBot();
    const { json } = await server.ask('POST', '/v1/conversations', { body: { locale } });
    const conversation = `web:${String(json['id'])}`;
    expect(await server.bot.store.state(conversation)).toMatchObject({ locale: begun });
  });

  test('answers the same message_id once, with the same answer', async () => {
    await using server = await serveSmallBot();
    const { id, token } = await server.open();
    const send = () =>
      server.ask('POST', `/v1/conversations/${id}/messages`, {
        token,
        body: { text: 'pay 5', message_id: 'm' },
      });
    const [first, second] = [await send(), await send()];
    expect(second.json).toEqual(first.json);
    expect(server.bot.ledger.calls).toBe(1);
  });

  test('takes what a button means', async () => {
    await using server = await serveSmallBot();
    const { id, token } = await server.open();
    const payload = { kind: 'set_slots', slots: { order_id: 'A1' } };
    const body = { payload, title: 'Order A1', message_id: 'm1' };
    await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body });
    const { json } = await server.ask('GET', `/v1/conversations/${id}`, { token });
    expect(json['messages']).toContainEqual(expect.objectContaining({ id: 'm1', text: 'Order A1' }));
  });

  test('that a person owns is given back by an operator', async () => {
    await using server = await serveSmallBot();
    const { id, token } = await server.open();
    await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body: { text: 'person' } });
    const status = async () => (await server.ask('GET', `/v1/conversations/${id}`, { token })).json['status'];
    expect(await status()).toBe('person');
    expect((await server.ask('POST', `/v1/conversations/${id}/release`, { token })).status).toBe(401);
    const release = () => server.ask('POST', `/v1/conversations/${id}/release`, { token: operatorToken });
    expect((await release()).status).toBe(204);
    expect(await status()).toBe('bot');
  });
});

describe('who a person is', () => {
  const sign = (claims: object, secret = userTokenSecret, expires: number | null = 2_000) => {
    const jwt = new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).setSubject('c-7');
    return (expires === null ? jwt : jwt.setExpirationTime(expires)).sign(new TextEncoder().encode(secret));
  };

  test('comes from a signed token only, and the page gives context', async () => {
    const seen: InboundMessage[] = [];
    await using server = await serveSmallBot();
    const receive = server.bot.engine.receive.bind(server.bot.engine);
    server.bot.engine.receive = (message, options) => {
      seen.push(message);
      return receive(message, options);
    };
    await server.open({ user_token: await sign({ user: { name: 'Ana' } }), context: { page: '/cart' } });
    expect(seen[0]).toMatchObject({ user: { id: 'c-7', name: 'Ana' }, context: { page: '/cart' } });
  });

  test.each([
    ['signed by somebody else', () => sign({ user: {} }, 'another secret altogether')],
    ['expired', () => sign({ user: {} }, userTokenSecret, 999)],
    ['without an end', () => sign({ user: {} }, userTokenSecret, null)],
    ['unsigned', () => Promise.resolve('eyJhbGciOiJub25lIn0.eyJ1c2VyIjp7fX0.')],
    ['no token', () => Promise.resolve('x')],
    ['about no person', () => sign({ user: ['Ana'] })],
  ])('a token that is %s is refused', async (_, token) => {
    await using server = await serveSmallBot();
    const { status, json } = await server.ask('POST', '/v1/conversations', {
      body: { user_token: await token() },
    });
    expect([status, json['code']]).toEqual([401, 'unauthorized']);
  });
});

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, unknown>>;
}

test('the description of the API names every route, and the page for people is made from it', async () => {
  await using server = await serveSmallBot();
  const { json } = await server.ask('GET', '/openapi.json');
  expect(json['openapi']).toBe('3.1.0');
  const paths = json['paths'] as Record<string, Record<string, Operation>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(operations.sort()).toEqual([
    'DELETE /v1/conversations/{id}',
    'GET /healthz',
    'GET /metrics',
    'GET /readyz',
    'GET /v1/conversations/{id}',
    'GET /v1/conversations/{id}/events',
    'POST /v1/conversations',
    'POST /v1/conversations/{id}/messages',
    'POST /v1/conversations/{id}/release',
    'POST /v1/webhooks/{channel}',
  ]);
  const described = Object.values(paths).flatMap((methods) => Object.values(methods));
  const names = described.map(({ operationId }) => operationId);
  expect(new Set(names).size).toBe(operations.length);
  // What happens at the door, or when the store is full, may happen to any request.
  for (const { responses } of described)
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['403', '421', '429', '503']));
  const { text } = await server.ask('GET', '/docs');
  for (const operation of operations) expect(text).toContain(operation);
});

test('health, readiness and metrics are told', async () => {
  await using server = await serveSmallBot();
  const { id, token } = await server.open();
  await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body: { text: 'hi' } });
  expect((await server.ask('GET', '/healthz')).json).toEqual({ status: 'ok' });
  expect((await server.ask('GET', '/readyz')).status).toBe(200);
  expect((await server.ask('GET', '/metrics')).status).toBe(401);
  const { text } = await server.ask('GET', '/metrics', { token: operatorToken });
  expect(text).toContain('usher_turn_seconds_count 1\n');
  expect(text).toContain('route="/v1/conversations/:id/messages",method="POST",status="200"} 1\n');
  server.handler.drain();
  expect((await server.ask('GET', '/readyz')).status).toBe(503);
});
