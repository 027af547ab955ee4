// From starting the command line to its first reply, beside a Node that only says hello.
// Usage: npm run build && npx usher train && node scripts/run-ts.mjs bench/cold-start.ts [runs] [bot folder]
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { percentile, round } from './percentile.ts';

const [runsArgument = '15', bot = '.'] = process.argv.slice(2);
const runs = Number(runsArgument);
const chat = [resolve('dist', 'cli', 'main.js'), 'chat', '--bot', bot];
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

await firstReplyMs(chat);
const times = { chat: [] as number[], bare: [] as number[] };
for (let run = 0; run < runs; run += 1) {
  times.bare.push(await firstReplyMs(bare));
  times.chat.push(await firstReplyMs(chat));
}

console.log(
  JSON.stringify({
    bench: 'cold-start',
    runs,
    firstReplyMs: round(percentile(times.chat, 0.5), 0),
    slowestMs: round(Math.max(...times.chat), 0),
    bareNodeMs: round(percentile(times.bare, 0.5), 0),
    ratio: round(percentile(times.chat, 0.5) / percentile(times.bare, 0.5)),
  }),
);
