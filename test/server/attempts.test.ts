import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createWebhookChannel } from '../../src/channels/webhook-channel.ts';
import { operatorToken, serveSmallBot, type AskOptions, type ServedSmallBot } from './served-bot.ts';

// What somebody would try who means harm, and may not have: the rest is in access.test.ts and sockets.test.ts.

const secret = 'shared-by-both-sides-of-it';
const now = Date.UTC(2026, 10, 22);

async function serveWithWebhook(clock: { ms: number }): Promise<ServedSmallBot> {
  const webhook = createWebhookChannel({
    secret,
    replyUrl: 'http://localhost/replies',
    fetch: () => Promise.resolve(new Response(null, { status: 204 })),
    now: () => clock.ms,
  });
  return serveSmallBot({ channels: [webhook] });
}

function signed(body: string, at: number, key = secret): AskOptions {
  const stamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', key).update(`msg_1.${stamp}.${body}`).digest('base64');
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': stamp,
    'webhook-signature': `v1,${signature}`,
  };
  return { body, headers };
}

describe('a webhook', () => {
  const path = '/v1/webhooks/webhook';
  const body = JSON.stringify({ conversation: 'c1', id: 'm1', text: 'pay 5' });

  test('that is forged is refused, and nothing of it is kept', async () => {
    await using server = await serveWithWebhook({ ms: now });
    const forged = [
      signed(body, now, 'a guess'),
      { body },
      { ...signed(body, now), body: body.replace('5', '6') },
    ];
    for (const request of forged) expect((await server.ask('POST', path, request)).status).toBe(401);
    expect(await server.bot.store.conversations()).toEqual([]);
  });

  test('that is replayed has no second effect, and later is refused', async () => {
    const clock = { ms: now };
    await using server = await serveWithWebhook(clock);
    const request = signed(body, now);
    expect((await server.ask('POST', path, request)).json).toEqual({ accepted: 1 });
    expect((await server.ask('POST', path, request)).json).toEqual({ accepted: 0 });
    await expect.poll(() => server.bot.ledger.calls).toBe(1);
    clock.ms += 301_000;
    expect((await server.ask('POST', path, request)).status).toBe(401);
    expect(server.bot.ledger.calls).toBe(1);
  });

  test('cannot speak in a conversation of another channel', async () => {
    await using server = await serveWithWebhook({ ms: now });
    const { id, token } = await server.open();
    const foreign = JSON.stringify({ conversation: `web:${id}`, id: 'm1', text: 'hi' });
    await server.ask('POST', path, signed(foreign, now));
    const { json } = await server.ask('GET', `/v1/conversations/${id}`, { token });
    expect(json['messages']).toHaveLength(1);
  });
});

describe('a token', () => {
  test('in the address is none', async () => {
    await using server = await serveSmallBot();
    const { id, token } = await server.open();
    for (const query of [`token=${token}`, `access_token=${token}`, `authorization=Bearer%20${token}`])
      expect((await server.ask('GET', `/v1/conversations/${id}?${query}`)).status).toBe(401);
  });

  test('of a conversation opens nothing of the operators', async () => {
    await using server = await serveSmallBot({ inspect: 'token' });
    const { id, token } = await server.open();
    const asked = [
      ['POST', `/v1/conversations/${id}/release`],
      ['GET', '/metrics'],
      ['GET', '/inspect'],
      ['GET', `/inspect/api/conversations/web:${id}`],
      ['GET', '/inspect/api/flows/any'],
    ] as const;
    for (const [method, path] of asked)
      expect([path, (await server.ask(method, path, { token })).status]).toEqual([path, 401]);
  });

  test('and an id, guessed a hundred times, tell nothing', async () => {
    await using server = await serveSmallBot({ limits: { requestsPerAddress: 1_000 } });
    const { token } = await server.open();
    const answers = new Set<string>();
    for (let guess = 0; guess < 100; guess += 1) {
      const id = `conversation-${String(guess + 2).padStart(4, '0')}`;
      const { status, text } = await server.ask('GET', `/v1/conversations/${id}`, { token });
      answers.add(`${status} ${text}`);
    }
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^401 /);
  });
});

describe('names that every object has', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString'];

  test('in what a page says of itself change nothing', async () => {
    await using server = await serveSmallBot();
    for (const name of names) {
      const body = `{"context":{"${name}":{"polluted":true}}}`;
      expect([201, 400]).toContain((await server.ask('POST', '/v1/conversations', { body })).status);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    (name: string) => `{"kind":"set_slots","slots":{"${name}":{"polluted":true}}}`,
    (name: string) => `{"kind":"start_flow","flow":"${name}"}`,
    (name: string) => `{"kind":"intent","intent":"${name}","entities":{"${name}":1}}`,
  ])('in a button that no bot made do nothing: %#', async (payload) => {
    await using server = await serveSmallBot();
    const { id, token } = await server.open();
    for (const name of names) {
      const body = `{"payload":${payload(name)}}`;
      const { status } = await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body });
      expect([200, 400]).toContain(status);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each(names)('are no flow, channel or conversation: %s', async (name) => {
    await using server = await serveSmallBot();
    for (const path of [`/inspect/api/flows/${name}`, `/inspect/api/conversations/${name}`])
      expect((await server.ask('GET', path, { token: operatorToken })).status).toBe(404);
    expect([400, 404]).toContain((await server.ask('POST', `/v1/webhooks/${name}`, { body: {} })).status);
  });
});

test.each([
  ['too many keys', { context: Object.fromEntries(Array.from({ length: 101 }, (_, key) => [`k${key}`, 1])) }],
  ['a key that is a text of its own', { context: { ['k'.repeat(101)]: 1 } }],
  ['a nest in a list', { context: { a: [[[[[[[[[1]]]]]]]]] } }],
])('JSON with %s is refused', async (_, body) => {
  await using server = await serveSmallBot();
  const { status, json } = await server.ask('POST', '/v1/conversations', { body });
  expect([status, json['code']]).toEqual([400, 'invalid_request']);
});

test.each(['PUT', 'PATCH', 'PROPFIND'])('%s is no way in', async (method) => {
  await using server = await serveSmallBot();
  const { id, token } = await server.open();
  const { status, json, headers } = await server.ask(method, `/v1/conversations/${id}/messages`, { token });
  expect([status, json['code'], headers.get('allow')]).toEqual([405, 'method_not_allowed', 'POST']);
});
