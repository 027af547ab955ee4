import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listen, type Listening } from '../../src/server/listen.ts';
import { operatorToken, serveSmallBot, type ServedSmallBot } from './served-bot.ts';

// What only a socket can say: requests that no client library would send.

let server: ServedSmallBot;
let listening: Listening;
const open: Socket[] = [];

beforeEach(async () => {
  server = await serveSmallBot({
    limits: {
      streamBufferBytes: 2_000,
      heartbeatMs: 5,
      messagesPerConversation: 1e9,
      requestsPerAddress: 1e9,
    },
  });
  listening = await listen(server.handler, { port: 0, host: '127.0.0.1', drainMs: 50 });
});
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await listening[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

function dial(): Socket {
  const socket = connect({ port: listening.port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  open.push(socket);
  return socket;
}

/** Sends bytes as they are; resolves to all that comes until the server closes. */
function tell(...lines: readonly string[]): Promise<string> {
  const socket = dial();
  socket.write(lines.join('\r\n'));
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('close', () => resolve(text));
  });
}

const host = 'host: localhost';
const end = ['connection: close', '', ''];

describe('a path reaches no file', () => {
  test.each([
    '/../package.json',
    '/../../../../etc/passwd',
    '/usher-chat.js/../../package.json',
    '/%2e%2e/package.json',
    '/..%5c..%5cpackage.json',
    '/%00/package.json',
    '//etc/passwd',
    '/page.css%00.png',
    '/usher-chat.js%2f..%2f..%2fpackage.json',
    'http://localhost/../package.json',
    'file:///etc/passwd',
  ])('%s', async (path) => {
    const answer = await tell(`GET ${path} HTTP/1.1`, host, ...end);
    expect(answer).toMatch(/^HTTP\/1\.1 (?:400|404) /);
    expect(answer).not.toMatch(/root:|"name"|node_modules/);
  });
});

describe('what is not quite a request is refused', () => {
  const body = '{"text":"hi"}';
  test.each([
    ['two lengths', ['content-length: 5', `content-length: ${body.length}`]],
    ['a length and chunks', [`content-length: ${body.length}`, 'transfer-encoding: chunked']],
    ['a length that is none', ['content-length: -1']],
    ['a header with a line break in its middle', ['x-a: b\r\n injected: yes']],
    ['a header name with a space', ['x a: b']],
    ['a control character in a header', ['x-a: b\u0000c']],
    ['headers without end', [`x-a: ${'b'.repeat(20_000)}`]],
  ])('%s', async (_, headers) => {
    const answer = await tell('POST /v1/conversations HTTP/1.1', host, ...headers, ...end, body);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(await server.bot.store.conversations()).toEqual([]);
  });

  test('no host at all, and a host that is none', async () => {
    expect(await tell('GET / HTTP/1.1', ...end)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await tell('GET / HTTP/1.1', 'host: a/b@c', ...end)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  test('a body in chunks is counted', async () => {
    const chunk = 'x'.repeat(40_000);
    const chunks = [chunk, chunk].flatMap((data) => [data.length.toString(16), data]);
    const answer = await tell(
      'POST /v1/conversations HTTP/1.1',
      host,
      'content-type: application/json',
      'transfer-encoding: chunked',
      'connection: close',
      '',
      ...chunks,
      '0',
      '',
      '',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});

test('a connection is kept for longer than proxies keep theirs', async () => {
  const socket = dial();
  socket.write(`GET /healthz HTTP/1.1\r\n${host}\r\n\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(Number(/keep-alive: timeout=(\d+)/i.exec(answer.toString())?.[1])).toBeGreaterThan(60);
});

test('a kept connection gets the answer that is under way when the server goes down, and is let go', async () => {
  const patient = await listen(server.handler, { port: 0, host: '127.0.0.1', drainMs: 600_000 });
  const { id, token } = await server.open();
  const receive = server.bot.engine.receive.bind(server.bot.engine);
  const turn = { isUnderWay: false, finish: (): void => undefined };
  const finished = new Promise<void>((resolve) => (turn.finish = resolve));
  server.bot.engine.receive = async (...message) => {
    turn.isUnderWay = true;
    await finished;
    return receive(...message);
  };
  const socket = connect({ port: patient.port, host: '127.0.0.1' });
  open.push(socket);
  const body = '{"text":"hi"}';
  const headers = [
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
  ];
  socket.write([`POST /v1/conversations/${id}/messages HTTP/1.1`, host, ...headers, '', body].join('\r\n'));
  await expect.poll(() => turn.isUnderWay).toBe(true);
  const isDown = patient[Symbol.asyncDispose]();
  turn.finish();
  const [answer] = (await once(socket, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 [\s\S]*You said hi\./);
  await isDown;
});

describe('a client that stays away', () => {
  async function openStream(): Promise<{ socket: Socket; id: string; token: string }> {
    const { id, token } = await server.open();
    const socket = dial();
    socket.write(
      [`GET /v1/conversations/${id}/events HTTP/1.1`, host, `authorization: Bearer ${token}`, '', ''].join(
        '\r\n',
      ),
    );
    await expect.poll(openStreams).toBe(1);
    return { socket, id, token };
  }
  const openStreams = async (): Promise<number> => {
    const { text } = await server.ask('GET', '/metrics', { token: operatorToken });
    return Number(/usher_open_streams (\d+)/.exec(text)?.[1]);
  };

  test('in the middle of a stream gives its place back', async () => {
    const { socket } = await openStream();
    socket.destroy();
    await expect.poll(openStreams).toBe(0);
  });

  test('never reading, holds up nobody, and is left', async () => {
    const { socket, id, token } = await openStream();
    socket.pause();
    const text = 'x'.repeat(4_000);
    // More than the kernel keeps for it and the server together.
    for (let sent = 0; sent < 2_000 && (await openStreams()) === 1; sent += 1) {
      const path = `/v1/conversations/${id}/messages`;
      expect((await server.ask('POST', path, { token, body: { text } })).status).toBe(200);
    }
    await expect.poll(openStreams, { timeout: 10_000 }).toBe(0);
  });

  test('with half a request does not keep the server from going down', async () => {
    const half = dial();
    half.write(`POST /v1/conversations HTTP/1.1\r\n${host}\r\ncontent-length: 100\r\n\r\n{`);
    const quarter = dial();
    quarter.write('GET / HT');
    const kept = dial();
    kept.write(`GET /healthz HTTP/1.1\r\n${host}\r\n\r\n`);
    await new Promise((resolve) => kept.once('data', resolve));
    const isDown = listening[Symbol.asyncDispose]().then(() => 'down');
    expect(await isDown).toBe('down');
  });
});
