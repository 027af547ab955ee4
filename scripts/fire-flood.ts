// A thousand conversations at once from fifty connections: nothing lost, nothing mixed up, in order; and how fast.
// Usage: npm run fire:flood [-- <seconds> [small|shop]]
import { percentile, round } from '../bench/percentile.ts';
import { temporaryFolder } from '../test/engine/small-bot.ts';
import { botNamed, saidTo, trainShop } from './fire/bots.ts';
import { flood } from './fire/flood.ts';
import { bundled } from './fire/bundled.ts';
import { startServer } from './fire/start-server.ts';

const [secondsArgument = '60', botArgument] = process.argv.slice(2);
const bot = botNamed(botArgument);
const conversations = 1_000;
const connections = 50;

using folder = temporaryFolder();
if (bot === 'shop') await trainShop(folder.path);
await using server = await startServer(await bundled('scripts/fire-server.ts'), { folder: folder.path, bot });
if (!server) throw new Error('The server did not start.');
const { port } = server;
const report = await flood({
  port,
  conversations,
  connections,
  seconds: Number(secondsArgument),
  ...saidTo[bot],
});
console.log(
  JSON.stringify({
    fire: `flood (${bot})`,
    conversations,
    connections,
    seconds: round(report.seconds),
    turns: report.turns,
    perSecond: Math.round(report.turns / report.seconds),
    p50Ms: round(percentile(report.times, 0.5)),
    p99Ms: round(percentile(report.times, 0.99)),
    faults: report.faults.length,
  }),
);
if (report.faults.length > 0) {
  console.error(report.faults.slice(0, 20).join('\n'));
  process.exitCode = 1;
}
