// Kills the server with SIGKILL again and again while people chat with it through the widget's own client: no message
// lost or answered twice, no effect repeated, every conversation goes on.
// Usage: npm run fire:kill [-- <kills> [small|shop]]
import { temporaryFolder } from '../test/engine/small-bot.ts';
import { botNamed } from './fire/bots.ts';
import { bundled } from './fire/bundled.ts';
import { runKills } from './fire/kill.ts';

const [killsArgument = '200', botArgument] = process.argv.slice(2);
const bot = botNamed(botArgument);

using folder = temporaryFolder();
const startedAt = performance.now();
const { faults, ...counts } = await runKills({
  script: await bundled('scripts/fire-server.ts'),
  folder: folder.path,
  bot,
  kills: Number(killsArgument),
  people: 20,
  onKill: (killed) => {
    if (killed % 10 === 0) process.stderr.write(`${killed} kills\n`);
  },
});
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(JSON.stringify({ fire: `kill (${bot})`, seconds, ...counts, faults: faults.length }));
if (faults.length > 0) {
  console.error(faults.slice(0, 20).join('\n'));
  process.exitCode = 1;
}
