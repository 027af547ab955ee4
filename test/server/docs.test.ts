import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createWebhookChannel } from '../../src/channels/webhook-channel.ts';
import { readConfig } from '../../src/config.ts';
import { problem, type ProblemCode } from '../../src/server/problem.ts';
import { listen } from '../../src/server/listen.ts';
import { readUserToken } from '../../src/server/user-token.ts';
import { serveSmallBot, userTokenSecret } from './served-bot.ts';

const api = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
const embed = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8');

const programs = [...api.matchAll(/```js\n([\s\S]*?)```/g)].map(([, program = '']) => program);

test('the requests that the page on the API shows are accepted', async () => {
  await using server = await serveSmallBot();
  const [create, say] = [...api.matchAll(/-d '(.*)'/g)].map(([, body]) => body);
  const button = /```json\n(\{ "payload".*\})\n```/.exec(api)?.[1];
  const created = await server.ask('POST', '/v1/conversations', { body: create });
  expect(created.status).toBe(201);
  const { id, token } = created.json as { id: string; token: string };
  for (const body of [say, button]) {
    expect(body).toBeDefined();
    const { status } = await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body });
    expect(status).toBe(200);
  }
});

test('the program that the page on the API shows talks to a server', async () => {
  await using server = await serveSmallBot();
  await using listening = await listen(server.handler, { port: 0, host: '127.0.0.1', drainMs: 100 });
  const [program = ''] = programs;
  expect(program).toContain('http://localhost:3000');
  const own = program.replace('http://localhost:3000', `http://127.0.0.1:${listening.port}`);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', own]);
  expect(stdout).toBe('You said where is my order?.\n');
});

test('the program that the page on the API shows listens, through broken lines, until the conversation is gone', async () => {
  await using server = await serveSmallBot({ limits: { pollMs: 5 } });
  await using listening = await listen(server.handler, { port: 0, host: '127.0.0.1', drainMs: 100 });
  const own = `${programs[0] ?? ''}${programs[1] ?? ''}`
    .replace('http://localhost:3000', `http://127.0.0.1:${listening.port}`)
    .replace('setTimeout(resolve, 1000)', 'setTimeout(resolve, 10)');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', own]);
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const ended = once(child, 'exit');
  await expect.poll(() => told, { timeout: 10_000 }).toContain('bot: You said where is my order?.');
  const id = (await server.bot.store.conversations())[0]?.id ?? '';
  const say = (text: string) =>
    server.bot.engine.receive({
      ...{ channel: 'web', conversation: id, id: text, at: server.bot.clock.ms },
      content: { kind: 'text', text },
    });
  await say('one');
  await expect.poll(() => told).toContain('bot: You said one.');
  await server.bot.engine.forget(id);
  expect(await ended).toEqual([0, null]);
  expect(told.split('\n')).toEqual([
    'You said where is my order?.',
    'user: where is my order?',
    'bot: You said where is my order?.',
    'user: one',
    'bot: You said one.',
    '',
  ]);
});

test('the program that the page on the API shows talks by webhook, both ways', async () => {
  const secret = 'shared by both sides';
  const port = await freePort();
  const replyUrl = `http://127.0.0.1:${port}/`;
  const webhook = createWebhookChannel({ secret, replyUrl, fetch, now: Date.now });
  await using server = await serveSmallBot({ channels: [webhook] });
  await using listening = await listen(server.handler, { port: 0, host: '127.0.0.1', drainMs: 100 });
  const own = (programs[2] ?? '')
    .replace('http://localhost:3000', `http://127.0.0.1:${listening.port}`)
    .replace('8080', String(port));
  const env = { ...process.env, USHER_WEBHOOK_SECRET: secret };
  const child = spawn(process.execPath, ['--input-type=module', '--eval', own], { env });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill();
  expect(said.toString()).toBe('You said where is my order?.\n');
});

test('the program that the page on embedding shows signs a token that a server believes', async () => {
  const [, program = ''] = /```js\n([\s\S]*?)```/.exec(embed) ?? [];
  const env = { ...process.env, USHER_USER_TOKEN_SECRET: userTokenSecret };
  const line = ['--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, line, { env });
  const [, token = ''] = /user-token="(.*)"/.exec(stdout) ?? [];
  expect(await readUserToken(token, userTokenSecret, Date.now())).toEqual({
    id: 'customer-7',
    signed_in: true,
    customer_name: 'Mia Larsen',
    email: 'mia@example.com',
  });
});

async function freePort(): Promise<number> {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  taken.close();
  await once(taken, 'close');
  return port;
}

test('the limits that the page on the API names are the defaults', () => {
  const { limits } = readConfig(undefined, {}).server;
  const rows = [...api.matchAll(/^\| ([^|]+) \| ([^|]+) \| `(?:too_many_\w+|body_too_large)` \|$/gm)];
  const named = rows.map(([, what, most = '']) => [
    what,
    most.replaceAll(',', '').match(/\d+/g)?.map(Number),
  ]);
  expect(Object.fromEntries(named)).toEqual({
    'body of a request': [limits.body / 1024],
    'text of a message': [readConfig(undefined, {}).limits.message],
    'requests from one address': [limits.requests_per_address],
    'new conversations from one address': [limits.conversations_per_address],
    'messages in one conversation': [limits.messages_per_conversation],
    'event streams': [limits.streams, limits.streams_per_address, limits.streams_per_conversation],
  });
});

test('the faults that the page on the API names have the statuses that it says', () => {
  const rows = [...api.matchAll(/^\| ([\d, ]+) \| (`[^|]+`) \|/gm)];
  const named = rows.flatMap(([, statuses = '', codes = '']) => {
    const each = statuses.split(',').map(Number);
    return codes
      .split(',')
      .map((code, index) => [code.replace(/[` ]/g, ''), each[index] ?? each[0]] as const);
  });
  expect(named.length).toBeGreaterThan(8);
  for (const [code, status] of named)
    expect([code, problem(code as ProblemCode).status]).toEqual([code, status]);
});

test('the settings that the page on embedding shows let the page that it shows in', async () => {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(embed) ?? [];
  const { allowed_hosts: allowedHosts, allowed_origins: allowedOrigins } = readConfig(text, {}).server;
  await using server = await serveSmallBot({ allowedHosts, allowedOrigins });
  const ask = async (origin: string) => {
    const request = new Request('https://chat.shop.example/v1/conversations', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: '{}',
    });
    const { status, headers } = await server.handler.fetch(request);
    return [status, headers.get('access-control-allow-origin')];
  };
  expect(await ask('https://www.shop.example')).toEqual([201, 'https://www.shop.example']);
  expect(await ask('https://www.other.example')).toEqual([403, null]);
});

test('the attributes that the page on embedding names are those that the element and its style read', () => {
  const element = readFileSync(new URL('../../src/widget/usher-chat.tsx', import.meta.url), 'utf8');
  const styles = readFileSync(new URL('../../src/widget/styles.ts', import.meta.url), 'utf8');
  const read = new Set(
    [...element.matchAll(/Attribute\('([a-z-]+)'\)/g), ...styles.matchAll(/:host\(\[([a-z-]+)=/g)].map(
      ([, name]) => name,
    ),
  );
  const named = new Set([...embed.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name));
  expect(named).toEqual(read);
});

test('the custom properties that the page on embedding names are those of the style', () => {
  const styles = readFileSync(new URL('../../src/widget/styles.ts', import.meta.url), 'utf8');
  const used = new Set([...styles.matchAll(/--usher-[a-z-]+/g)].map(([name]) => name));
  const named = new Set([...embed.matchAll(/--usher-[a-z-]+/g)].map(([name]) => name));
  expect(named).toEqual(used);
});
