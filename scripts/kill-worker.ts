// One life of the engine with a bot of a few words: node kill-worker.mjs <folder> <fail point> <at>
import { join } from 'node:path';
import { createActionRunner } from '../src/actions/create-action-runner.ts';
import { silentLogger } from '../src/logger.ts';
import { openSmallBot } from '../test/engine/small-bot.ts';
import { createPayments } from './payments.ts';
import { createLoggingChannel, killAt, serveLines } from './serve-lines.ts';

const [folder = '', failPoint = '', failAt = '0'] = process.argv.slice(2);

await using bot = await openSmallBot({
  file: join(folder, 'store.sqlite'),
  ports: {
    channels: [createLoggingChannel(folder)],
    failPoints: killAt(failPoint, Number(failAt)),
    clock: { now: Date.now, elapsedMs: () => performance.now() },
    actions: createActionRunner({
      implementations: { pay: createPayments(folder) },
      definitions: {},
      resources: undefined,
      logger: silentLogger,
    }),
  },
});

await bot.engine.recover();
await serveLines(bot.engine);
