// One life of the engine with a bot of a few words: node kill-worker.mjs <folder> <fail point> <at>
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { ActionImplementation } from '../src/actions/action.ts';
import { createActionRunner } from '../src/actions/create-action-runner.ts';
import { silentLogger } from '../src/logger.ts';
import { openSmallBot } from '../test/engine/small-bot.ts';
import { createLoggingChannel, killAt, serveLines } from './serve-lines.ts';

const [folder = '', failPoint = '', failAt = '0'] = process.argv.slice(2);

/** The shop behind the action: what it did stays done, and nothing in it hides doing it twice. */
const ledger = new Database(join(folder, 'ledger.sqlite'));
ledger.pragma('journal_mode = WAL');
ledger.exec('CREATE TABLE IF NOT EXISTS payments (key TEXT, value TEXT)');

const pay: ActionImplementation = {
  async run({ value }, { key }) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    ledger.prepare('INSERT INTO payments VALUES (?, ?)').run(key, value);
    return { set: { paid: value ?? null } };
  },
  lookup(key) {
    const row = ledger
      .prepare<[string], { value: string }>('SELECT value FROM payments WHERE key = ?')
      .get(key);
    return row && { set: { paid: row.value } };
  },
};

await using bot = await openSmallBot({
  file: join(folder, 'store.sqlite'),
  ports: {
    channels: [createLoggingChannel(folder)],
    failPoints: killAt(failPoint, Number(failAt)),
    clock: { now: Date.now, elapsedMs: () => performance.now() },
    actions: createActionRunner({
      implementations: { pay },
      definitions: {},
      resources: undefined,
      logger: silentLogger,
    }),
  },
});

await bot.engine.recover();
await serveLines(bot.engine);
