// Durable turns a second over HTTP, the server in a process of its own and the load generator in this one, and how long
// an answer takes at half of that rate, measured from when its message was due.
// Usage: npm run bench bench/http.ts [seconds] [small|shop]
import { botNamed, saidTo, trainShop } from '../scripts/fire/bots.ts';
import { bundled } from '../scripts/fire/bundled.ts';
import { flood, type FloodReport } from '../scripts/fire/flood.ts';
import { startServer } from '../scripts/fire/start-server.ts';
import { temporaryFolder } from '../test/engine/small-bot.ts';
import { percentile, round } from './percentile.ts';

const [secondsArgument = '20', botArgument] = process.argv.slice(2);
const seconds = Number(secondsArgument);
const bot = botNamed(botArgument);

using folder = temporaryFolder();
if (bot === 'shop') await trainShop(folder.path);
await using server = await startServer(await bundled('scripts/fire-server.ts'), { folder: folder.path, bot });
if (!server) throw new Error('The server did not start.');
const load = { port: server.port, conversations: 200, connections: 50, ...saidTo[bot] };

await flood({ ...load, seconds: Math.min(5, seconds) });
const full = await flood({ ...load, seconds });
const half = await flood({ ...load, seconds, perSecond: full.turns / full.seconds / 2 });

console.log(JSON.stringify({ bench: `http (${bot})`, fullLoad: resultOf(full), halfLoad: resultOf(half) }));
const faults = [...full.faults, ...half.faults];
if (faults.length > 0) throw new Error(faults.slice(0, 5).join('\n'));

function resultOf({ turns, seconds: spent, times }: FloodReport) {
  return {
    perSecond: Math.round(turns / spent),
    p50Ms: round(percentile(times, 0.5)),
    p99Ms: round(percentile(times, 0.99)),
  };
}
