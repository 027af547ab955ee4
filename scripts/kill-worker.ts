// The process that scripts/kill-test.mjs kills: the engine, answering what comes in on standard input.
// In:  {"kind":"receive"|"accept","message":…} a line. Out: {"kind":"ready"|"answered"|"accepted",…} a line.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import type { ActionImplementation } from '../src/actions/action.ts';
import { createActionRunner } from '../src/actions/create-action-runner.ts';
import type { Channel } from '../src/channels/channel.ts';
import type { FailPoint } from '../src/engine/engine-ports.ts';
import { silentLogger } from '../src/logger.ts';
import type { InboundMessage } from '../src/message.ts';
import { capabilities, openSmallBot } from '../test/engine/small-bot.ts';

interface Request {
  readonly kind: 'receive' | 'accept';
  readonly message: InboundMessage;
}

const [folder = '', failPoint = '', failAt = '0'] = process.argv.slice(2);

/** The shop behind the action: what it did stays done, and its log does not hide doing it twice. */
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

/** The world outside: what was sent cannot be taken back. */
const channel: Channel = {
  name: 'test',
  capabilities,
  verify: () => true,
  parse: () => [],
  render: (messages) => messages,
  send: (conversation, rendered, { deliveryId }) => {
    const { text } = rendered as { readonly text: string };
    appendFileSync(join(folder, 'sent.log'), `${JSON.stringify({ conversation, deliveryId, text })}\n`);
    return Promise.resolve();
  },
};

let passed = 0;
const failPoints = (name: FailPoint): void => {
  if (name !== failPoint) return;
  passed += 1;
  if (passed === Number(failAt)) process.kill(process.pid, 'SIGKILL');
};

const bot = await openSmallBot({
  file: join(folder, 'store.sqlite'),
  ports: {
    channels: [channel],
    failPoints,
    clock: { now: Date.now, elapsedMs: () => performance.now() },
    actions: createActionRunner({
      implementations: { pay },
      definitions: {},
      resources: undefined,
      logger: silentLogger,
    }),
  },
});

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function handle({ kind, message }: Request): Promise<void> {
  const { id, conversation } = message;
  if (kind === 'accept') {
    await bot.engine.accept(message);
    tell({ kind: 'accepted', id, conversation });
    return;
  }
  const { messages } = await bot.engine.receive(message);
  tell({ kind: 'answered', id, conversation, texts: messages.map(({ text }) => text) });
}

await bot.engine.recover();
tell({ kind: 'ready' });
const handling = new Set<Promise<void>>();
for await (const line of createInterface({ input: process.stdin })) {
  const work = handle(JSON.parse(line) as Request).finally(() => handling.delete(work));
  handling.add(work);
}
await Promise.all(handling);
await bot.engine.runDue();
await bot[Symbol.asyncDispose]();
ledger.close();
