import { describe, expect, test } from 'vitest';
import { EngineError } from '../../src/errors.ts';
import { createConversationTokens } from '../../src/server/conversation-token.ts';
import { operatorToken, serveSmallBot, type AskOptions } from './served-bot.ts';

describe('a conversation is closed to whoever lacks its token', () => {
  const routes = [
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/events'],
    ['POST', '/messages'],
  ] as const;
  test.each(routes)('%s %s', async (method, path) => {
    await using server = await serveSmallBot();
    const [own, other] = [await server.open(), await server.open()];
    const body = method === 'POST' ? { text: 'hi' } : undefined;
    const forged = createConversationTokens('a guess').issue(own.id);
    for (const token of [undefined, other.token, forged, '', operatorToken, `${own.token}x`]) {
      const { status, json } = await server.ask(method, `/v1/conversations/${own.id}${path}`, {
        token,
        body,
      });
      expect([status, json['code']]).toEqual([401, 'unauthorized']);
    }
  });

  test('and an unknown one looks the same', async () => {
    await using server = await serveSmallBot();
    const { token } = await server.open();
    const guessed = await server.ask('GET', '/v1/conversations/conversation-9999', { token });
    const others = await server.ask('GET', '/v1/conversations/conversation-0002', { token });
    expect(guessed.text).toBe(others.text);
  });
});

describe('what is no request of the API is refused as what it is', () => {
  const deep = `{"context":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
  const cases: readonly (readonly [string, string, string, AskOptions, number, string])[] = [
    ['broken JSON', 'POST', '/v1/conversations', { body: '{' }, 400, 'invalid_request'],
    [
      'another type',
      'POST',
      '/v1/conversations',
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      415,
      'unsupported_media_type',
    ],
    ['an unknown key', 'POST', '/v1/conversations', { body: { admin: true } }, 400, 'invalid_request'],
    [
      'a locale that is none',
      'POST',
      '/v1/conversations',
      { body: { locale: '../../etc' } },
      400,
      'invalid_request',
    ],
    ['deeply nested JSON', 'POST', '/v1/conversations', { body: deep }, 400, 'invalid_request'],
    ['a huge body', 'POST', '/v1/conversations', { body: `"${'x'.repeat(70_000)}"` }, 413, 'body_too_large'],
    [
      'a huge body, as its length says',
      'POST',
      '/v1/conversations',
      { body: '{}', headers: { 'content-length': '70000' } },
      413,
      'body_too_large',
    ],
    [
      'a body whose length is none',
      'POST',
      '/v1/conversations',
      { body: '{}', headers: { 'content-length': 'x' } },
      413,
      'body_too_large',
    ],
    ['an id that is a path', 'GET', '/v1/conversations/..%2f..%2fetc%2fpasswd', {}, 400, 'invalid_request'],
    ['an unknown path', 'GET', '/v1/nothing', {}, 404, 'not_found'],
    ['a path out of the files', 'GET', '/..%2f..%2fpackage.json', {}, 404, 'not_found'],
    ['an unknown channel', 'POST', '/v1/webhooks/sms', { body: {} }, 404, 'not_found'],
    ['a channel without webhooks', 'POST', '/v1/webhooks/web', { body: {} }, 404, 'not_found'],
    ['the prototype as a channel', 'POST', '/v1/webhooks/__proto__', { body: {} }, 400, 'invalid_request'],
    ['another host', 'GET', '/', { headers: { host: 'evil.example' } }, 421, 'forbidden_host'],
    [
      'another origin',
      'GET',
      '/healthz',
      { headers: { origin: 'https://evil.example' } },
      403,
      'forbidden_origin',
    ],
    ['a page without origin', 'GET', '/healthz', { headers: { origin: 'null' } }, 403, 'forbidden_origin'],
    ['the inspector without its token', 'GET', '/inspect', {}, 401, 'unauthorized'],
    ["the inspector's data without its token", 'GET', '/inspect/api/conversations', {}, 401, 'unauthorized'],
  ];
  test.each(cases)('%s', async (_, method, path, { headers, ...options }, status, code) => {
    await using server = await serveSmallBot();
    const { host, ...others } = headers ?? {};
    if (host !== undefined) {
      const response = await server.handler.fetch(new Request(`http://${host}${path}`));
      expect(response.status).toBe(status);
      return;
    }
    const answer = await server.ask(method, path, { ...options, headers: others });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.json).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
  });
});

test.each([
  ['neither text nor payload', {}],
  ['both', { text: 'a', payload: { kind: 'text', text: 'a' } }],
  ['an empty text', { text: '' }],
  ['a payload of no kind', { payload: { kind: 'eval', code: '1' } }],
  ['a command that is none', { payload: { kind: 'command', command: 'refund_everything' } }],
  ['a message id with a line break', { text: 'a', message_id: 'a\r\nset-cookie: x' }],
])('a message with %s is refused', async (_, body) => {
  await using server = await serveSmallBot();
  const { id, token } = await server.open();
  const { status, json } = await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body });
  expect([status, json['code']]).toEqual([400, 'invalid_request']);
});

test('a long message is refused before it is understood', async () => {
  await using server = await serveSmallBot();
  const { id, token } = await server.open();
  const body = { text: 'x'.repeat(4_001) };
  expect((await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body })).status).toBe(413);
});

describe('who asks too often waits', () => {
  test('for messages in a conversation', async () => {
    await using server = await serveSmallBot({ limits: { messagesPerConversation: 2 } });
    const { id, token } = await server.open();
    const send = () =>
      server.ask('POST', `/v1/conversations/${id}/messages`, { token, body: { text: 'hi' } });
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
  test('for conversations and requests from an address, and others do not', async () => {
    await using server = await serveSmallBot({
      limits: { conversationsPerAddress: 1, requestsPerAddress: 3 },
    });
    const open = (address: string) => server.ask('POST', '/v1/conversations', { body: {}, address });
    const statuses = [];
    for (const address of ['192.0.2.9', '192.0.2.9', '192.0.2.9', '192.0.2.9', '192.0.2.8'])
      statuses.push((await open(address)).status);
    expect(statuses).toEqual([201, 429, 429, 429, 201]);
  });
});

describe('pages of other origins', () => {
  test('that are allowed may read answers', async () => {
    await using server = await serveSmallBot();
    const preflight = await server.ask('OPTIONS', '/v1/conversations', {
      headers: { origin: 'https://shop.example' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  });
  test('do not share what a cache keeps: the script is an answer for one origin', async () => {
    await using server = await serveSmallBot();
    for (const headers of [{}, { origin: 'https://shop.example' }, { origin: 'https://other.example' }])
      expect((await server.ask('GET', '/usher-chat.js', { headers })).headers.get('vary')).toMatch(
        /\borigin$/,
      );
  });
  test('of our own need no permission', async () => {
    await using server = await serveSmallBot();
    const own = await server.ask('GET', '/healthz', { headers: { origin: 'http://localhost:3000' } });
    expect([own.status, own.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });
});

test('every answer says how it may be read, and a page runs our scripts only', async () => {
  await using server = await serveSmallBot();
  for (const path of ['/', '/healthz', '/nothing', '/docs']) {
    const { headers } = await server.ask('GET', path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  }
  const { headers, text } = await server.ask('GET', '/?locale="><script>alert(1)</script>');
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(text).not.toContain('<script>alert');
  expect(text).toContain('Small &lt;bot&gt;');
});

describe('the inspector', () => {
  test('is shown on the page to those who may go there', async () => {
    for (const inspect of ['open', 'token', 'off'] as const) {
      await using server = await serveSmallBot({ inspect });
      const { text } = await server.ask('GET', '/', { address: '127.0.0.1' });
      for (const way of ['/inspect', '&lt;usher-chat title=&quot;Small &lt;bot&gt;&quot;&gt;'])
        expect(text.includes(way)).toBe(inspect === 'open');
    }
  });

  test.each([
    ['this machine', '127.0.0.1', {}, 200],
    ['this machine, by IPv6', '::1', {}, 200],
    ['this machine, on a socket for both', '::ffff:127.0.0.1', {}, 200],
    ['the network', '192.0.2.1', {}, 401],
    ['a proxy on this machine', '127.0.0.1', { 'x-forwarded-for': '192.0.2.1' }, 401],
  ])(
    'that is open for development is open to nobody but this machine: %s',
    async (_, address, headers, status) => {
      await using server = await serveSmallBot({ inspect: 'open' });
      for (const path of ['/inspect', '/inspect/api/conversations'])
        expect((await server.ask('GET', path, { address, headers })).status).toBe(status);
      expect((await server.ask('GET', '/inspect', { address, headers, token: operatorToken })).status).toBe(
        200,
      );
    },
  );
});

test('a page in a right-to-left language is one', async () => {
  await using server = await serveSmallBot();
  for (const locale of ['ar', 'ar-EG'])
    expect((await server.ask('GET', `/?locale=${locale}`)).text).toContain('<html lang="ar" dir="rtl">');
});

test('a fault of ours tells the client nothing of its insides', async () => {
  await using server = await serveSmallBot();
  const { id, token } = await server.open();
  const fail = (error: Error) => {
    server.bot.engine.receive = () => Promise.reject(error);
    return server.ask('POST', `/v1/conversations/${id}/messages`, { token, body: { text: 'hi' } });
  };
  const crashed = await fail(new Error('secret at /srv/app/file.ts'));
  expect([crashed.status, crashed.json['code']]).toEqual([500, 'internal']);
  expect(crashed.text).not.toMatch(/secret|srv/);
  const full = await fail(new EngineError('STORE_FULL', 'No room in /srv/app.'));
  expect([full.status, full.json['code'], full.headers.get('retry-after')]).toEqual([
    503,
    'unavailable',
    '1',
  ]);
});
