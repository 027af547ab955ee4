// What a turn costs at 10 and at 10,000 turns of history, and how much memory 10,000 turns leave resident.
// Usage: node scripts/run-ts.mjs bench/flatness.ts [turns]
import { join } from 'node:path';
import { openSmallBot, sendNowhere, temporaryFolder, textMessage } from '../test/engine/small-bot.ts';
import { percentile, round } from './percentile.ts';

const turns = Number(process.argv[2] ?? 10_000);
const sampleSize = 500;

using folder = temporaryFolder();
await using bot = await openSmallBot({
  file: join(folder.path, 'store.sqlite'),
  ports: { channels: [sendNowhere] },
});

let sent = 0;
async function say(conversation: string): Promise<number> {
  sent += 1;
  const from = performance.now();
  await bot.engine.receive(textMessage('Where is my order?', `m-${sent}`, conversation));
  return performance.now() - from;
}

const long = 'test:long';
for (let count = 0; count < turns; count += 1) await say(long);
const { gc } = globalThis as { readonly gc?: () => void };
gc?.();
const residentMb = process.memoryUsage.rss() / 2 ** 20;

// One of each in turn, so that a slow moment hits both; the short conversation is a new one every ten turns.
const short: number[] = [];
const grown: number[] = [];
for (let count = 0; count < sampleSize; count += 1) {
  const conversation = `test:short-${count}`;
  for (let turn = 0; turn < 10; turn += 1) await say(conversation);
  short.push(await say(conversation));
  grown.push(await say(long));
}

const [at10Ms, at10000Ms] = [percentile(short, 0.5), percentile(grown, 0.5)];
console.log(
  JSON.stringify({
    bench: 'flatness',
    turns,
    at10Ms: round(at10Ms, 3),
    [`at${turns}Ms`]: round(at10000Ms, 3),
    ratio: round(at10000Ms / at10Ms),
    residentMb: round(residentMb, 0),
  }),
);
