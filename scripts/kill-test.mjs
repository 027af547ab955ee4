// Kills the engine with SIGKILL again and again while people talk to it, and then counts what is lost or doubled.
// Half of the kills are at fail points, half at random moments under load. Usage: npm run kill-test [-- <kills>]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { bundle } from './bundle.mjs';

const kills = Number(process.argv[2] ?? 100);
const conversations = 20;
const failPoints = ['before_action', 'before_commit', 'before_send'];

const folder = mkdtempSync(join(tmpdir(), 'usher-kill-'));
const worker = await bundle('scripts/kill-worker.ts');

/** A small seeded generator, so that a run can be repeated. */
let seed = 42;
function random() {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
}

/**
 * A person writes, waits for the answer, and writes again; without an answer they send the same message again. Every
 * other one reaches the engine as a webhook does: once it is accepted, they wait, and never send it again.
 */
const people = Array.from({ length: conversations }, (_, place) => ({
  conversation: `test:${place}`,
  kind: place % 2 === 0 ? 'receive' : 'accept',
  sent: 0,
  /** The message on its way, until it is acknowledged. */
  waiting: undefined,
  log: [],
}));

function nextMessage(person) {
  person.sent += 1;
  const text = person.sent % 2 === 0 ? `pay ${person.sent}` : `hello ${person.sent}`;
  const id = `${person.conversation}-${person.sent}`;
  person.log.push({ id, text });
  return { channel: 'test', conversation: person.conversation, id, at: person.sent, content: { kind: 'text', text } };
}

/** Runs one life of the engine; resolves when it is dead, or, without a plan to kill it, when `turns` are through. */
function live({ failPoint = '', failAt = 0, killAfterMs, turns = Infinity }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [worker, folder, failPoint, String(failAt)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.on('error', () => undefined);
    let acknowledged = 0;
    const send = (person) => {
      person.waiting ??= nextMessage(person);
      child.stdin.write(`${JSON.stringify({ kind: person.kind, message: person.waiting })}\n`);
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line);
      if (told.kind === 'ready') {
        for (const person of people) send(person);
        if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
        return;
      }
      const person = people.find(({ conversation }) => conversation === told.conversation);
      if (person.waiting?.id !== told.id) return reject(new Error(`unexpected ${line}`));
      person.waiting = undefined;
      acknowledged += 1;
      if (acknowledged < turns) send(person);
      else if (people.every(({ waiting }) => waiting === undefined)) child.stdin.end();
    });
    child.on('exit', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the engine ended with ${code ?? signal}`));
      else resolve({ acknowledged, wasKilled: signal === 'SIGKILL' });
    });
  });
}

let killed = 0;
let acknowledged = 0;
const startedAt = performance.now();
while (killed < kills) {
  const plan =
    killed % 2 === 0
      ? { failPoint: failPoints[(killed / 2) % 3], failAt: 1 + Math.floor(random() * 40) }
      : { killAfterMs: Math.floor(random() * 250) };
  const life = await live(plan);
  acknowledged += life.acknowledged;
  if (life.wasKilled) killed += 1;
}
acknowledged += (await live({ turns: conversations })).acknowledged;

const { faults, ...counts } = count();
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(JSON.stringify({ kills: killed, seconds, acknowledged, ...counts, faults: faults.length }));
if (faults.length > 0) {
  console.error(faults.slice(0, 20).join('\n'), `\nThe files are in ${folder}`);
  process.exit(1);
}
rmSync(folder, { recursive: true });

/** Compares what people sent with what the engine kept, sent and did. */
function count() {
  const faults = [];
  const store = new Database(join(folder, 'store.sqlite'), { readonly: true });
  const ledger = new Database(join(folder, 'ledger.sqlite'), { readonly: true });
  const sent = readFileSync(join(folder, 'sent.log'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const payments = ledger.prepare('SELECT key, value FROM payments').all();

  for (const { conversation, log } of people) {
    const events = store
      .prepare("SELECT kind, data FROM events WHERE conversation = ? AND kind IN ('user_message', 'bot_message') ORDER BY id")
      .all(conversation)
      .map(({ kind, data }) => ({ kind, ...JSON.parse(data) }));
    const expected = log.flatMap(({ id, text }) => [
      { kind: 'user_message', id, text },
      { kind: 'bot_message', text: text.startsWith('pay') ? `Done: {"paid":"${text.slice(4)}"}.` : `You said ${text}.` },
    ]);
    const found = events.map(({ kind, messageId, text, message }) =>
      kind === 'user_message' ? { kind, id: messageId, text } : { kind, text: message.text },
    );
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      const place = expected.findIndex((one, index) => JSON.stringify(one) !== JSON.stringify(found[index]));
      faults.push(`${conversation}: event ${place} is ${JSON.stringify(found[place])}, not ${JSON.stringify(expected[place])}`);
    }
    const delivered = new Map(sent.filter((one) => one.conversation === conversation).map((one) => [one.deliveryId, one.text]));
    const said = expected.filter(({ kind }) => kind === 'bot_message').map(({ text }) => text);
    if (JSON.stringify([...delivered.values()]) !== JSON.stringify(said)) {
      faults.push(`${conversation}: ${delivered.size} replies delivered, ${said.length} owed, or out of order`);
    }
  }
  const asked = people.flatMap(({ conversation, log }) =>
    log.filter(({ text }) => text.startsWith('pay')).map(({ text }) => `${conversation}/pay/${text.slice(4)}`),
  );
  const done = payments.map(({ key }) => key);
  for (const key of asked) if (!done.includes(key)) faults.push(`${key} was never paid`);
  if (new Set(done).size !== done.length) faults.push('a payment was made twice');
  const open = store.prepare('SELECT (SELECT count(*) FROM inbound WHERE turn IS NULL) + (SELECT count(*) FROM outbox) AS n').get();
  if (open.n > 0) faults.push(`${open.n} messages are neither answered nor sent`);
  const messages = people.reduce((sum, { log }) => sum + log.length, 0);
  const deliveries = new Set(sent.map(({ deliveryId }) => deliveryId)).size;
  // Between sending and noting it nothing can be atomic: such a message goes out again under its id, for the receiver to drop.
  return { messages, effects: payments.length, deliveries, resent: sent.length - deliveries, faults };
}
