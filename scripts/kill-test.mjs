// Kills the engine with SIGKILL again and again while people talk to it, then counts what is lost or doubled.
// Half of the kills are at fail points, half at random moments under load.
// Usage: npm run kill-test [-- <kills> [small|shop]]; "shop" takes the built engine and the shop bot in this folder.
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { bundle } from './bundle.mjs';

const kills = Number(process.argv[2] ?? 100);
const conversations = 20;
const failPoints = ['before_action', 'before_commit', 'before_send'];
const folder = mkdtempSync(join(tmpdir(), 'usher-kill-'));
const builtEngine = join('node_modules', '.cache', 'usher-kill');

/** A bot of a few words, whose action writes to a ledger that does not refuse a second payment. */
const small = {
  worker: 'scripts/kill-worker.ts',
  prepare: () => undefined,
  text: (_, count) => (count % 2 === 0 ? `pay ${count}` : `hello ${count}`),
  /** What a message must be answered with, where that is known beforehand. */
  reply: (text) => (text.startsWith('pay') ? `Done: {"paid":"${text.slice(4)}"}.` : `You said ${text}.`),
  asked: ({ conversation, log }) =>
    log
      .filter(({ text }) => text.startsWith('pay'))
      .map(({ text }) => `${conversation}/pay/${text.slice(4)}`),
  done: () => rows('ledger.sqlite', 'SELECT key AS done FROM payments'),
};

/** Complaints to the shop, which opens a ticket for each: four messages, the last of them the confirmation. */
const shop = {
  worker: 'scripts/kill-shop-worker.ts',
  prepare() {
    // A copy, so that building meanwhile does not pull the engine out from under the test.
    cpSync('dist', join(builtEngine, 'dist'), { recursive: true });
    copyFileSync('package.json', join(builtEngine, 'package.json'));
    const env = { ...process.env, USHER_STATE: folder };
    execFileSync(process.execPath, [join(builtEngine, 'dist', 'cli', 'main.js'), 'train'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  },
  text: ({ conversation }, count) =>
    [
      'yes',
      'I want to make a complaint',
      complaint(conversation, count),
      `person${conversation.slice(5)}@example.com`,
    ][count % 4],
  reply: () => undefined,
  asked: ({ log }) => log.filter(({ text }) => text === 'yes').map((_, place) => log[place * 4 + 1]?.text),
  done: () => rows('shop.sqlite', "SELECT body AS done FROM tickets WHERE key NOT LIKE 'sample:%'"),
};

function complaint(conversation, count) {
  return `parcel ${conversation.slice(5)} number ${count} was left in the rain`;
}

const scenario = process.argv[3] === 'shop' ? shop : small;
const worker = await bundle(scenario.worker);
scenario.prepare();

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
  /** All that was ever sent, once. */
  log: [],
  /** The message on its way, until it is acknowledged. */
  waiting: undefined,
}));

function nextMessage(person) {
  const { conversation, log } = person;
  const count = log.length + 1;
  const text = scenario.text(person, count);
  const id = `${conversation}-${count}`;
  log.push({ id, text });
  return { channel: 'test', conversation, id, at: count, content: { kind: 'text', text } };
}

/** Runs one life of the engine; resolves when it is dead, or, without a plan to kill it, when all have an answer. */
function live({ failPoint = '', failAt = 0, killAfterMs, isLast = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [worker, folder, failPoint, String(failAt), builtEngine], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.on('error', () => undefined);
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
      if (!isLast) send(person);
      else if (people.every(({ waiting }) => waiting === undefined)) child.stdin.end();
    });
    child.on('exit', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the engine ended with ${code ?? signal}`));
      else resolve(signal === 'SIGKILL');
    });
  });
}

const startedAt = performance.now();
for (let killed = 0; killed < kills;) {
  const plan =
    killed % 2 === 0
      ? { failPoint: failPoints[(killed / 2) % 3], failAt: 1 + Math.floor(random() * 40) }
      : { killAfterMs: Math.floor(random() * 250) };
  if (await live(plan)) killed += 1;
  if (killed % 10 === 0) process.stderr.write(`${killed} of ${kills} kills\n`);
}
await live({ isLast: true });

const { faults, ...counts } = count();
const seconds = Math.round((performance.now() - startedAt) / 1000);
console.log(JSON.stringify({ kills, seconds, ...counts, faults: faults.length }));
if (faults.length > 0) {
  console.error(faults.slice(0, 20).join('\n'), `\nThe files are in ${folder}`);
  process.exit(1);
}
rmSync(folder, { recursive: true });

/** Compares what people sent with what the engine kept, sent and did. */
function count() {
  const faults = [];
  const sent = readFileSync(join(folder, 'sent.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const { conversation, log } of people) {
    const fault = faultIn(log, turnsOf(conversation), deliveredTo(conversation, sent));
    if (fault) faults.push(`${conversation}: ${fault}`);
  }
  const asked = people.flatMap(scenario.asked);
  const done = scenario.done().map((row) => row.done);
  for (const one of asked) if (!done.includes(one)) faults.push(`${one} was never done`);
  for (const one of done)
    if (done.indexOf(one) !== done.lastIndexOf(one)) faults.push(`${one} was done twice`);
  const [{ left }] = rows(
    'store.sqlite',
    'SELECT (SELECT count(*) FROM inbound WHERE turn IS NULL) + (SELECT count(*) FROM outbox) AS left',
  );
  if (left > 0) faults.push(`${left} messages are neither answered nor sent`);
  const messages = people.reduce((sum, { log }) => sum + log.length, 0);
  const deliveries = new Set(sent.map(({ deliveryId }) => deliveryId)).size;
  // Between sending and noting it nothing can be atomic: such a message goes out again under its id, for the receiver to drop.
  return { messages, effects: done.length, deliveries, resent: sent.length - deliveries, faults };
}

/** What a conversation's log holds: each message with the replies of its turn. */
function turnsOf(conversation) {
  const events = rows(
    'store.sqlite',
    `SELECT turn, kind, data FROM events WHERE conversation = '${conversation}' AND kind IN ('user_message', 'bot_message') ORDER BY id`,
  );
  return events.reduce((turns, { kind, data }) => {
    const { messageId, text, message } = JSON.parse(data);
    if (kind === 'user_message') return [...turns, { id: messageId, text, replies: [] }];
    turns.at(-1)?.replies.push(message.text);
    return turns;
  }, []);
}

/** What reached the person, doubles under the same id dropped, in order. */
function deliveredTo(conversation, sent) {
  const own = sent.filter((one) => one.conversation === conversation);
  return [...new Map(own.map(({ deliveryId, text }) => [deliveryId, text])).values()];
}

function faultIn(log, turns, delivered) {
  if (turns.length !== log.length) return `${log.length} messages sent, ${turns.length} answered`;
  for (const [place, { id, text }] of log.entries()) {
    const turn = turns[place];
    const reply = scenario.reply(text);
    if (turn.id !== id || turn.text !== text) return `message ${place} is ${turn.id}, not ${id}`;
    if (turn.replies.length === 0) return `${id} was not answered`;
    if (reply !== undefined && turn.replies.join() !== reply)
      return `${id} was answered ${turn.replies.join()}`;
  }
  const owed = turns.flatMap(({ replies }) => replies);
  return owed.join('\n') === delivered.join('\n')
    ? undefined
    : `${owed.length} replies, ${delivered.length} delivered`;
}

function rows(file, sql) {
  const database = new Database(join(folder, file), { readonly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
