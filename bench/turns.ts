// Whole turns a second in one process, each durable before its reply, beside a bare commit of the same rows.
// Usage: node scripts/run-ts.mjs bench/turns.ts [turns]
import { join } from 'node:path';
import { openSqliteStore } from '../src/store/sqlite-store.ts';
import {
  openSmallBot,
  sendNowhere,
  temporaryFolder,
  textMessage,
  type SmallBot,
} from '../test/engine/small-bot.ts';
import { openBareCommit } from './bare-commit.ts';
import { percentile, round } from './percentile.ts';

const turns = Number(process.argv[2] ?? 3000);
const conversationsAtOnce = 64;
const blockSize = 64;

interface Run {
  readonly times: number[];
  seconds: number;
}

/** Runs `count` pieces of work, so many at once, and adds them to a run. */
async function measure(
  run: Run,
  count: number,
  work: (place: number) => void | Promise<void>,
  atOnce = 1,
): Promise<void> {
  let next = run.times.length;
  const end = next + count;
  const startedAt = performance.now();
  const worker = async (): Promise<void> => {
    while (next < end) {
      const place = next;
      next += 1;
      const from = performance.now();
      await work(place);
      run.times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  run.seconds += (performance.now() - startedAt) / 1000;
}

function turnOf(bot: SmallBot, name: string) {
  return async (place: number): Promise<void> => {
    const conversation = `test:${name}-${place % conversationsAtOnce}`;
    await bot.engine.receive(textMessage('Where is my order?', `${name}-${place}`, conversation));
  };
}

function resultOf({ times, seconds }: Run, beside?: Run) {
  const perSecond = times.length / seconds;
  const p99Ms = percentile(times, 0.99);
  const ratios = beside && {
    ratio: round(perSecond / (beside.times.length / beside.seconds)),
    p99Ratio: round(p99Ms / percentile(beside.times, 0.99)),
  };
  return {
    perSecond: Math.round(perSecond),
    p50Ms: round(percentile(times, 0.5)),
    p99Ms: round(p99Ms),
    ...ratios,
  };
}

using folder = temporaryFolder();
const file = join(folder.path, 'engine.sqlite');
const empty = join(folder.path, 'bare.sqlite');
await (await openSqliteStore({ file: empty }))[Symbol.asyncDispose]();

await using bot = await openSmallBot({ file, ports: { channels: [sendNowhere] } });
await measure({ times: [], seconds: 0 }, 500, turnOf(bot, 'warm'));
using rows = openBareCommit(empty, file);
const commit = (place: number): void => rows.commit(`test:${place % conversationsAtOnce}`, place);

const bare: Run = { times: [], seconds: 0 };
const oneByOne: Run = { times: [], seconds: 0 };
const atOnce: Run = { times: [], seconds: 0 };
// Block by block, so that a machine that slows down slows all of them.
for (let done = 0; done < turns; done += blockSize) {
  await measure(bare, blockSize, commit);
  await measure(oneByOne, blockSize, turnOf(bot, 'single'));
  await measure(atOnce, blockSize * 4, turnOf(bot, 'many'), conversationsAtOnce);
}

console.log(
  JSON.stringify({
    bench: 'turns',
    turns,
    bare: resultOf(bare),
    oneByOne: resultOf(oneByOne, bare),
    [`${conversationsAtOnce}AtOnce`]: resultOf(atOnce, bare),
  }),
);
