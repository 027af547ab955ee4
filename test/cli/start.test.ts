import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundled } from '../../scripts/fire/bundled.ts';
import { ExitCode } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { commandContext, createMemoryTerminal } from './memory-terminal.ts';

let folder: string;
let bot: string;
let main: string;

async function usher(line: readonly string[], cwd: string, more: Readonly<Record<string, string>> = {}) {
  const terminal = createMemoryTerminal();
  const readText = (path: string): string | undefined =>
    existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const env = { USHER_ENCODER: 'none', ...more };
  const code = await runCli(
    line,
    commands,
    commandContext(terminal, { cwd, env, clock: Date.now, readText }),
  );
  return { code, stderr: terminal.stderr() };
}

beforeAll(async () => {
  main = await bundled('src/cli/main.ts');
  folder = await mkdtemp(join(tmpdir(), 'usher-start-'));
  bot = join(folder, 'cafe');
  await usher(['init', 'cafe'], folder);
  expect((await usher(['start'], bot)).stderr).toContain('never trained');
  expect((await usher(['train'], bot)).code).toBe(ExitCode.ok);
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a model that is older than the files is not served', async () => {
  const changed = join(folder, 'changed');
  await cp(bot, changed, { recursive: true });
  await appendFile(join(changed, 'usher.yml'), '\nunderstanding: { seed: 99 }\n');
  const { code, stderr } = await usher(['start'], changed);
  expect(code).not.toBe(ExitCode.ok);
  expect(stderr).toContain("The bot's files changed since its model was trained.");
  expect(stderr).toContain('usher train');
});

test('a taken port is an error that says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  const { port } = other.address() as AddressInfo;
  const { code, stderr } = await usher(['start', '--port', String(port)], bot);
  other.close();
  expect(code).toBe(ExitCode.environment);
  expect(stderr).toContain(`Port ${port}`);
  expect(stderr).toContain('Set PORT');
});

test('of `npm start` the end of the input ends the chat, not the server; a taken port ends both', async () => {
  const script = ['chat', '--serve'];
  await using served = await start([], bot, script, { PORT: '0' });
  served.process.stdin?.end('hello\n');
  await expect.poll(served.stdout, { timeout: 60_000 }).not.toBe('');
  expect((await served.open()).id).not.toBe('');
  const taken = await usher(script, bot, { PORT: served.port() });
  expect(taken.code).toBe(ExitCode.environment);
  expect(taken.stderr).toContain('Set PORT');
  served.process.kill('SIGTERM');
  expect(await served.ended).toBe(0);
}, 60_000);

test('each turn is one line that tells nothing of what was said, and SIGTERM ends it in order', async () => {
  await using served = await start([], bot);
  const { id, token } = await served.open();
  expect(await served.say(id, token, 'my secret is xyzzy')).not.toBe('');
  served.process.kill('SIGTERM');
  expect(await served.ended).toBe(0);
  const turns = served
    .stdout()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'turn');
  expect(turns).toMatchObject([
    { conversation: `web:${id}`, turn: 1 },
    { conversation: `web:${id}`, turn: 2 },
  ]);
  expect(served.stdout()).not.toContain('xyzzy');
}, 60_000);

test('what nobody has spoken in for longer than the retention is forgotten, and an open chat ends', async () => {
  const kept = join(folder, 'kept');
  await cp(bot, kept, { recursive: true });
  await appendFile(join(kept, 'usher.yml'), '\nprivacy: { retention: 5s }\n');
  await using served = await start([], kept);
  const { id, token } = await served.open();
  const headers = { authorization: `Bearer ${token}` };
  const conversation = `http://127.0.0.1:${served.port()}/v1/conversations/${id}`;
  const events = await fetch(`${conversation}/events`, { headers });
  expect(events.status).toBe(200);
  // The stream ends only when the conversation is gone.
  await events.text();
  expect((await fetch(conversation, { headers })).status).toBe(404);
}, 60_000);

test('with --watch an author sees a changed text at once, and a broken file changes nothing', async () => {
  const watched = join(folder, 'watched');
  await cp(bot, watched, { recursive: true });
  await using served = await start(['--watch'], watched);
  const file = join(watched, 'flows', 'book_table.yml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('For how many people?', 'How many of you?'));
  await expect.poll(served.stderr, { timeout: 60_000 }).toContain('Reloaded');
  const { id, token } = await served.open();
  expect(await served.say(id, token, 'book a table')).toContain('How many of you?');
  await writeFile(file, 'flows: [');
  await expect.poll(served.stderr, { timeout: 60_000 }).toContain('The bot goes on as it was.');
  expect(await served.say(id, token, 'book a table')).not.toBe('');
}, 180_000);

test('with --watch a port that is taken when a file changed is told, and the next change serves again', async () => {
  const watched = join(folder, 'moved');
  await cp(bot, watched, { recursive: true });
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  const { port } = other.address() as AddressInfo;
  const config = join(watched, 'usher.yml');
  const text = await readFile(config, 'utf8');
  const onPort = (chosen: number): string => `${text}\nserver: { port: ${chosen} }\n`;
  await writeFile(config, onPort(0));
  await using served = await start(['--watch'], watched, ['start']);
  await writeFile(config, onPort(port));
  await expect.poll(served.stderr, { timeout: 60_000 }).toContain('Nothing is served until a file changes');
  expect(served.stderr()).toContain(`Port ${port}`);
  await writeFile(config, onPort(0));
  await expect.poll(served.stderr, { timeout: 60_000 }).toContain('Reloaded');
  other.close();
  expect((await served.open()).id).not.toBe('');
}, 180_000);

interface Served extends AsyncDisposable {
  readonly process: ChildProcess;
  /** The exit code. */
  readonly ended: Promise<number | null>;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly port: () => string;
  open(): Promise<{ readonly id: string; readonly token: string }>;
  /** @returns What the bot replied. */
  say(id: string, token: string, text: string): Promise<string>;
}

/** Runs `usher start`, or another command that serves, in a process of its own. */
async function start(
  options: readonly string[],
  cwd: string,
  command: readonly string[] = ['start', '--port', '0'],
  env: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const child = spawn(process.execPath, [resolve(main), ...command, ...options], {
    cwd,
    env: { ...process.env, USHER_ENCODER: 'none', ...env },
  });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told.stderr += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  await expect.poll(() => told.stderr, { timeout: 60_000 }).toMatch(/ on http/);
  // Any free port is another one after a reload.
  const url = (): string => told.stderr.match(/http:\/\/localhost:\d+/g)?.at(-1) ?? '';
  const post = async (path: string, body: object, token = '') => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await fetch(`${url()}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await response.json()) as Record<string, unknown>;
  };
  return {
    process: child,
    ended,
    stdout: () => told.stdout,
    stderr: () => told.stderr,
    port: () => new URL(url()).port,
    open: async () => (await post('/v1/conversations', {})) as { id: string; token: string },
    say: async (id, token, text) => {
      const { messages } = (await post(`/v1/conversations/${id}/messages`, { text }, token)) as {
        messages: { text: string }[];
      };
      return messages.map((message) => message.text).join('\n');
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
