import { expect, test } from 'vitest';
import { saidTo } from '../../scripts/fire/bots.ts';
import { bundled } from '../../scripts/fire/bundled.ts';
import { flood } from '../../scripts/fire/flood.ts';
import { runKills } from '../../scripts/fire/kill.ts';
import { startServer } from '../../scripts/fire/start-server.ts';
import { temporaryFolder } from '../engine/small-bot.ts';

// The short forms of `npm run fire:flood` and `npm run fire:kill`, whose figures stand in docs/reliability.md.

test('a server under many conversations answers each message once, in order', async () => {
  using folder = temporaryFolder();
  const script = await bundled('scripts/fire-server.ts');
  await using server = await startServer(script, { folder: folder.path, bot: 'small' });
  const port = server?.port ?? 0;
  const report = await flood({ port, conversations: 40, connections: 10, seconds: 1, ...saidTo.small });
  expect(report.faults).toEqual([]);
  expect(report.turns).toBeGreaterThan(0);
}, 60_000);

test('a killed server loses nothing, and does nothing twice', async () => {
  using folder = temporaryFolder();
  const script = await bundled('scripts/fire-server.ts');
  const report = await runKills({ script, folder: folder.path, bot: 'small', kills: 4, people: 4 });
  expect(report.faults).toEqual([]);
  expect(report.messages).toBeGreaterThan(8);
}, 120_000);
