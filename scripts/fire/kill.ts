import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { LoggedEvent } from '../../src/store/conversation-log.ts';
import type { Message } from '../../src/message.ts';
import { paymentsIn } from '../payments.ts';
import { trainShop } from './bots.ts';
import { Person } from './person.ts';
import { startServer, type FireServer } from './start-server.ts';

export interface KillOptions {
  readonly script: string;
  readonly folder: string;
  readonly bot: 'small' | 'shop';
  readonly kills: number;
  readonly people: number;
  readonly onKill?: ((killed: number) => void) | undefined;
}

export interface KillReport {
  readonly kills: number;
  readonly messages: number;
  readonly effects: number;
  readonly reloads: number;
  readonly faults: readonly string[];
}

interface Scenario {
  /** The `count`-th message of a person, from 1. */
  readonly text: (person: number, count: number) => string;
  readonly reply?: (text: string) => string;
  /** The effects that what was said must have had, by name. */
  readonly asked: (person: number, said: readonly string[]) => readonly string[];
  readonly done: (folder: string) => readonly string[];
}

const scenarios: Readonly<Record<KillOptions['bot'], Scenario>> = {
  small: {
    text: (person, count) => (count % 2 === 0 ? `pay ${person}/${count}` : `hello ${count}`),
    reply: (text) => (text.startsWith('pay') ? `Done: {"paid":"${text.slice(4)}"}.` : `You said ${text}.`),
    asked: (_, said) => said.filter((text) => text.startsWith('pay ')).map((text) => text.slice(4)),
    done: (folder) => paymentsIn(folder).map((key) => key.split('/').slice(-2).join('/')),
  },
  shop: {
    text: (person, count) =>
      ['yes', 'I want to make a complaint', complaint(person, count), `person${person}@example.com`][
        count % 4
      ] ?? '',
    asked: (person, said) =>
      said.flatMap((text, place) => (text === 'yes' ? [complaint(person, place - 1)] : [])),
    done: (folder) => {
      const shop = new Database(join(folder, 'shop.sqlite'), { readonly: true });
      try {
        return shop
          .prepare<[], string>("SELECT body FROM tickets WHERE key NOT LIKE 'sample:%'")
          .pluck()
          .all();
      } finally {
        shop.close();
      }
    },
  },
};

function complaint(person: number, count: number): string {
  return `parcel ${person} number ${count} was left in the rain`;
}

/** A life that has not come to its fail point by then never will: nothing was tried, which is a fault too. */
const longestLifeMs = 120_000;
const failPoints = ['before_action', 'before_commit', 'before_answer'];

/**
 * Kills the server with SIGKILL again and again while people chat with it, half of the kills at the fail points and half
 * at random moments, and counts what is lost or doubled.
 */
export async function runKills(options: KillOptions): Promise<KillReport> {
  const { folder, bot, script, kills } = options;
  if (bot === 'shop') await trainShop(folder);
  const random = createRandom(42);
  const lives = { port: 0, done: 0 };
  const start = async (failPoint?: string): Promise<FireServer | undefined> => {
    const failAt = 1 + Math.floor(random() * 40);
    const plan = failPoint === undefined ? {} : { failPoint, failAt };
    const server = await startServer(script, { folder, bot, port: lives.port, ...plan });
    lives.port = server?.port ?? lives.port;
    return server;
  };

  // The first life gives the others their port.
  let server = await start(failPoints[0]);
  const people = Array.from(
    { length: options.people },
    (_, place) => new Person(`http://127.0.0.1:${lives.port}`, `p${place}`),
  );
  const isOver = new AbortController();
  const reloads = { count: 0 };
  const talking = people.map(async (person, place) => {
    await person.load();
    while (!isOver.signal.aborted) {
      await person.say(scenarios[bot].text(place, person.said.length + 1));
      // Now and then somebody loads the page again.
      if (random() > 0.03) continue;
      reloads.count += 1;
      await person.load();
    }
  });
  const failed = Promise.all(talking).then(
    () => undefined,
    (error: unknown) => error,
  );

  for (; lives.done < kills;) {
    const isRandom = lives.done % 2 === 1;
    if (isRandom) {
      await delay(Math.floor(random() * 250));
      server?.process.kill('SIGKILL');
    }
    const fault = await Promise.race([server?.ended, failed, tooLong()]);
    if (fault instanceof Error) throw fault;
    lives.done += 1;
    options.onKill?.(lives.done);
    const next = lives.done % 2 === 0 ? failPoints[(lives.done / 2) % failPoints.length] : undefined;
    server = await start(lives.done < kills ? next : undefined);
  }
  isOver.abort();
  const fault = await failed;
  if (fault instanceof Error) throw fault;
  // Every conversation goes on.
  await Promise.all(people.map((person) => person.say('hello for the last time')));
  for (const person of people) person.leave();
  await server?.[Symbol.asyncDispose]();

  const faults = await faultsIn(options, people);
  const messages = people.reduce((sum, { said }) => sum + said.length, 0);
  return { kills, messages, effects: scenarios[bot].done(folder).length, reloads: reloads.count, faults };
}

async function tooLong(): Promise<Error> {
  await delay(longestLifeMs, undefined, { ref: false });
  return new Error('A server did not come to its fail point.');
}

/** Compares what people said and saw with what the store and the world hold. */
async function faultsIn({ folder, bot }: KillOptions, people: readonly Person[]): Promise<readonly string[]> {
  const { reply, asked, done } = scenarios[bot];
  const faults: string[] = [];
  await using store = await openSqliteStore({ file: join(folder, 'store.sqlite') });
  for (const [place, { said, state }] of people.entries()) {
    const seen = state?.messages ?? [];
    const own = seen.find(({ role }) => role === 'user')?.id ?? '';
    const conversation = await conversationWith(store, own);
    const kept = conversation === undefined ? [] : await textsOf(store, conversation);
    const heard = kept.filter(({ role }) => role === 'user').map(({ text }) => text);
    if (heard.join('\n') !== said.join('\n'))
      faults.push(
        `person ${place} said ${said.length} messages, ${heard.length} are kept, or in another order`,
      );
    for (const [index, { role, text }] of kept.entries()) {
      const next = kept[index + 1];
      if (role !== 'user') continue;
      if (next?.role !== 'bot') faults.push(`person ${place}: “${text}” has no answer`);
      else if (reply && (next.text !== reply(text) || kept[index + 2]?.role === 'bot'))
        faults.push(`person ${place}: “${text}” was answered “${next.text}”`);
    }
    const shown = seen.map(({ text }) => text);
    const expected = kept.slice(-shown.length).map(({ text }) => text);
    if (shown.join('\n') !== expected.join('\n'))
      faults.push(`person ${place} sees something else than is kept`);
  }
  const wanted = people.flatMap(({ said }, place) => asked(place, said));
  const happened = done(folder);
  for (const one of wanted) if (!happened.includes(one)) faults.push(`${one} was never done`);
  for (const one of new Set(happened))
    if (happened.indexOf(one) !== happened.lastIndexOf(one)) faults.push(`${one} was done twice`);
  return faults;
}

type Store = Awaited<ReturnType<typeof openSqliteStore>>;

async function conversationWith(store: Store, messageId: string): Promise<string | undefined> {
  for (const { id } of await store.conversations({ limit: 10_000 }))
    if (await store.findReply(id, messageId)) return id;
  return undefined;
}

interface Said {
  readonly role: 'user' | 'bot';
  readonly text: string;
}

async function textsOf(store: Store, conversation: string): Promise<readonly Said[]> {
  const texts: Said[] = [];
  for (let after = 0; ;) {
    const events = await store.events(conversation, { after, limit: 1_000 });
    texts.push(...events.flatMap(textOf));
    const last = events.at(-1);
    if (!last) return texts;
    after = last.id;
  }
}

function textOf({ kind, data }: LoggedEvent): readonly Said[] {
  const { text, message } = data as unknown as { readonly text?: string; readonly message?: Message };
  if (kind === 'user_message' && text !== undefined) return [{ role: 'user', text }];
  return kind === 'bot_message' ? [{ role: 'bot', text: message?.text ?? '' }] : [];
}

/** A small seeded generator, so that the plan of a run can be repeated. */
function createRandom(from: number): () => number {
  let seed = from;
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}
