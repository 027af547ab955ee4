// From starting the command line to its first reply, in the terminal and over HTTP, beside a Node that only says hello.
// Usage: npm run build && npx usher train && node scripts/run-ts.mjs bench/cold-start.ts [runs] [bot folder]
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { percentile, round } from './percentile.ts';

const [runsArgument = '15', bot = '.'] = process.argv.slice(2);
const runs = Number(runsArgument);
const chat = [resolve('dist', 'cli', 'main.js'), 'chat', '--bot', bot];
const start = [resolve('dist', 'cli', 'main.js'), 'start', '--bot', bot];
const bare = ['--eval', "process.stdin.once('data', () => console.log('hello'))"];

/** Milliseconds from starting a process, which is sent one message, to the first byte that it prints. */
async function firstReplyMs(nodeArguments: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, nodeArguments, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end('hello\n');
  let firstAt: number | undefined;
  child.stdout.on('data', () => (firstAt ??= performance.now()));
  const code = await new Promise<number | null>((ended) => child.on('close', ended));
  if (code !== 0 || firstAt === undefined) throw new Error(`The process gave no reply (exit code ${code}).`);
  return firstAt - startedAt;
}

/** Milliseconds from starting a server to its first durable reply to a message. */
async function firstServedMs(): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...start, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const url = await new Promise<string>((resolve, reject) => {
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      const [found] = /http:\/\/localhost:\d+/.exec(told) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', () => reject(new Error(`The server did not start: ${told}`)));
  });
  const { id, token } = await post(`${url}/v1/conversations`, {});
  await post(`${url}/v1/conversations/${id}/messages`, { text: 'hello' }, token);
  const ms = performance.now() - startedAt;
  child.kill('SIGTERM');
  await new Promise((ended) => child.on('close', ended));
  return ms;
}

async function post(
  url: string,
  body: object,
  token = '',
): Promise<{ readonly id: string; readonly token: string }> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return (await response.json()) as { id: string; token: string };
}

await firstReplyMs(chat);
const times = { chat: [] as number[], served: [] as number[], bare: [] as number[] };
for (let run = 0; run < runs; run += 1) {
  times.bare.push(await firstReplyMs(bare));
  times.chat.push(await firstReplyMs(chat));
  times.served.push(await firstServedMs());
}

console.log(
  JSON.stringify({
    bench: 'cold-start',
    runs,
    firstReplyMs: round(percentile(times.chat, 0.5), 0),
    slowestMs: round(Math.max(...times.chat), 0),
    firstServedMs: round(percentile(times.served, 0.5), 0),
    slowestServedMs: round(Math.max(...times.served), 0),
    bareNodeMs: round(percentile(times.bare, 0.5), 0),
    ratio: round(percentile(times.chat, 0.5) / percentile(times.bare, 0.5)),
  }),
);
