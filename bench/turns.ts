// Whole turns a second in one process, each durable before its reply, beside a bare commit of the same rows.
// Usage: node scripts/run-ts.mjs bench/turns.ts [turns] [small|flows|shop]
import { join } from 'node:path';
import { openSqliteStore } from '../src/store/sqlite-store.ts';
import { temporaryFolder, textMessage } from '../test/engine/small-bot.ts';
import { openBareCommit } from './bare-commit.ts';
import { openTarget, type Target } from './open-target.ts';
import { percentile, round } from './percentile.ts';

const [turnsArgument = '3000', kind = 'small'] = process.argv.slice(2);
const turns = Number(turnsArgument);
const conversationsAtOnce = 64;
const blockSize = 64;
/** A conversation's: ten requests and their ends. */
const messages = 20;

interface Run {
  readonly times: number[];
  seconds: number;
  /** Of the processor, whatever else runs on the machine. */
  cpuMs: number;
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
  const cpu = process.cpuUsage();
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
  const { user, system } = process.cpuUsage(cpu);
  run.cpuMs += (user + system) / 1000;
}

/** What requests, one by one, spent on understanding. */
const understood = { turns: 0, asked: 0, recogniseMs: 0 };

function turnOf({ engine, texts }: Target, name: string) {
  return async (place: number): Promise<void> => {
    const [round, number] = [Math.floor(place / conversationsAtOnce), place % conversationsAtOnce];
    // Conversations begin at different messages, so that none is sent twice soon; each keeps to the order of the messages.
    const first = 2 * Math.floor((number * texts.length) / (2 * conversationsAtOnce));
    const text = texts[(first + round) % texts.length] ?? '';
    const conversation = `test:${name}-${number}-${Math.floor(round / messages)}`;
    const { trace } = await engine.receive(textMessage(text, `${name}-${place}`, conversation));
    // Cancellations between the requests are too easy to count, and turns at once wait for each other.
    if (name !== 'single' || round % 2 !== 0) return;
    understood.turns += 1;
    understood.recogniseMs += trace.timingsMs.recognise;
    if (trace.understanding?.segments.some(({ shortcut }) => shortcut !== true)) understood.asked += 1;
  };
}

function resultOf({ times, seconds, cpuMs }: Run, beside?: Run) {
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
    cpuMs: round(cpuMs / times.length),
    ...ratios,
  };
}

using folder = temporaryFolder();
const file = join(folder.path, 'engine.sqlite');
const empty = join(folder.path, 'bare.sqlite');
await (await openSqliteStore({ file: empty }))[Symbol.asyncDispose]();

await using target = await openTarget(kind, folder.path);
await measure({ times: [], seconds: 0, cpuMs: 0 }, 500, turnOf(target, 'warm'));
using rows = openBareCommit(empty, file);
const commit = (place: number): void => rows.commit(`test:${place % conversationsAtOnce}`, place);

const bare: Run = { times: [], seconds: 0, cpuMs: 0 };
const oneByOne: Run = { times: [], seconds: 0, cpuMs: 0 };
const atOnce: Run = { times: [], seconds: 0, cpuMs: 0 };
// Block by block, so that a machine that slows down slows all of them.
for (let done = 0; done < turns; done += blockSize) {
  await measure(bare, blockSize, commit);
  await measure(oneByOne, blockSize, turnOf(target, 'single'));
  await measure(atOnce, blockSize * 4, turnOf(target, 'many'), conversationsAtOnce);
}

console.log(
  JSON.stringify({
    bench: `turns (${kind})`,
    turns,
    bare: resultOf(bare),
    oneByOne: resultOf(oneByOne, bare),
    [`${conversationsAtOnce}AtOnce`]: resultOf(atOnce, bare),
    askedEncoder: round(understood.asked / understood.turns),
    recogniseMs: round(understood.recogniseMs / understood.turns, 3),
  }),
);
