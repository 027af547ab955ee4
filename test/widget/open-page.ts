import { SignJWT } from 'jose';
import { ChatClient, type ChatClientOptions } from '../../src/widget/chat-client.ts';
import { userTokenSecret, type ServedSmallBot } from '../server/served-bot.ts';

/** What `localStorage` is to a page. */
export class MemoryStorage {
  readonly #values = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }
  removeItem(key: string): void {
    this.#values.delete(key);
  }
}

export type Fetch = ChatClientOptions['fetch'];

/** A page: a client of the server, whose line a test may break. */
export function openPage(server: ServedSmallBot, options: Partial<ChatClientOptions> = {}) {
  const line = { fetch: reach(server) };
  let last = 0;
  const client = new ChatClient({
    api: 'http://localhost:3000',
    locale: 'en',
    idleMs: 1_800_000,
    fetch: (url, init) => line.fetch(url, init),
    storage: new MemoryStorage(),
    now: () => server.bot.clock.ms,
    newId: () => `page-${(last += 1)}`,
    random: () => 1,
    wait: brieflyUnlessLong,
    onChange: () => undefined,
    ...options,
  });
  const texts = () =>
    client.state.messages.map(({ text, delivery }) => (delivery ? `${text} (${delivery})` : text));
  return { client, line, texts, [Symbol.dispose]: () => client.stop() };
}

/** A whole line: an answer ends, as in a browser, when its request is called off. */
export function reach(server: ServedSmallBot): Fetch {
  return async (url, init) => {
    const response = await server.handler.fetch(new Request(url, init));
    if (!response.body || !init.signal) return response;
    const whole = new TransformStream<Uint8Array, Uint8Array>();
    return new Response(response.body.pipeThrough(whole, { signal: init.signal }), response);
  };
}

/** Retries come at once; what waits for half an hour waits for the end of the test. */
export function brieflyUnlessLong(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms < 60_000) setImmediate(resolve);
    else signal.addEventListener('abort', () => resolve());
  });
}

/** A line that is down. */
export const broken: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));

/** A token about a person, as a shop signs it. */
export function tokenOf(sub: string): Promise<string> {
  return new SignJWT({ user: { name: sub } })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(userTokenSecret));
}
