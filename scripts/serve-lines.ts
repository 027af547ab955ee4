// What the processes that scripts/kill-test.mjs kills have in common: an engine behind lines of JSON.
// In:  {"kind":"receive"|"accept","message":…}. Out: {"kind":"ready"} once, {"kind":"answered"|"accepted",…} for each.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Channel } from '../src/channels/channel.ts';
import type { Engine } from '../src/engine.ts';
import type { InboundMessage } from '../src/message.ts';

interface Request {
  readonly kind: 'receive' | 'accept';
  readonly message: InboundMessage;
}

/** The world outside: what was sent cannot be taken back. */
export function createLoggingChannel(folder: string): Channel {
  return {
    name: 'test',
    capabilities: { buttons: true, maxButtons: 10, links: true, images: true, maxTextLength: 10_000 },
    verify: () => true,
    parse: () => [],
    render: (messages) => messages,
    send: (conversation, rendered, { deliveryId }) => {
      const { text } = rendered as { readonly text: string };
      appendFileSync(join(folder, 'sent.log'), `${JSON.stringify({ conversation, deliveryId, text })}\n`);
      return Promise.resolve();
    },
  };
}

/** Kills this process the `at`-th time that it passes the fail point. */
export function killAt(failPoint: string, at: number): (name: string) => void {
  let passed = 0;
  return (name) => {
    if (name !== failPoint) return;
    passed += 1;
    if (passed === at) process.kill(process.pid, 'SIGKILL');
  };
}

/** Serves until standard input ends and everything is answered and sent. */
export async function serveLines(engine: Engine): Promise<void> {
  const handling = new Set<Promise<void>>();
  tell({ kind: 'ready' });
  for await (const line of createInterface({ input: process.stdin })) {
    const work = handle(engine, JSON.parse(line) as Request).finally(() => handling.delete(work));
    handling.add(work);
  }
  await Promise.all(handling);
  await engine[Symbol.asyncDispose]();
  await engine.runDue();
}

async function handle(engine: Engine, { kind, message }: Request): Promise<void> {
  const { id, conversation } = message;
  if (kind === 'accept') await engine.accept(message);
  else await engine.receive(message);
  tell({ kind: kind === 'accept' ? 'accepted' : 'answered', id, conversation });
}

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
