// What a turn costs at 10 and at 10,000 turns of history, and how much memory 10,000 turns leave resident.
// Usage: node scripts/run-ts.mjs bench/flatness.ts [turns] [small|shop]
import { temporaryFolder, textMessage } from '../test/engine/small-bot.ts';
import { openTarget } from './open-target.ts';
import { percentile, round } from './percentile.ts';

const [turnsArgument = '10000', kind = 'small'] = process.argv.slice(2);
const turns = Number(turnsArgument);
const sampleSize = 500;

using folder = temporaryFolder();
await using target = await openTarget(kind, folder.path);

let sent = 0;
async function say(conversation: string, turn: number): Promise<number> {
  const text = target.texts[turn % target.texts.length] ?? '';
  sent += 1;
  const message = textMessage(text, `m-${sent}`, conversation);
  const from = performance.now();
  await target.engine.receive(message);
  return performance.now() - from;
}

const long = 'test:long';
for (let count = 0; count < turns; count += 1) await say(long, count);
const { gc } = globalThis as { readonly gc?: () => void };
gc?.();
const residentMb = process.memoryUsage.rss() / 2 ** 20;

// One of each in turn, so that a slow moment hits both; the short conversation is a new one every ten turns.
const short: number[] = [];
const grown: number[] = [];
for (let count = 0; count < sampleSize; count += 1) {
  const conversation = `test:short-${count}`;
  for (let turn = 0; turn < 10; turn += 1) await say(conversation, count + turn);
  short.push(await say(conversation, count + 10));
  grown.push(await say(long, count + 10));
}

const [at10Ms, at10000Ms] = [percentile(short, 0.5), percentile(grown, 0.5)];
console.log(
  JSON.stringify({
    bench: `flatness (${kind})`,
    turns,
    at10Ms: round(at10Ms, 3),
    [`at${turns}Ms`]: round(at10000Ms, 3),
    ratio: round(at10000Ms / at10Ms),
    residentMb: round(residentMb, 0),
  }),
);
