import { setTimeout as delay } from 'node:timers/promises';
import { ChatClient } from '../../src/widget/chat-client.ts';
import type { ChatState } from '../../src/widget/chat-state.ts';
import type { SessionStorage } from '../../src/widget/session.ts';

/** Retries come a hundred times as fast as a person's; patience with a silent line stays as long. */
const longestWaitMs = 50;
const longestRetryMs = 10_000;

/** Somebody at a chat page: the widget's own client, a browser's memory, and a text after each answer. */
export class Person {
  /** All that was said, in order. */
  readonly said: string[] = [];
  readonly #api: string;
  readonly #name: string;
  readonly #storage = createMemory();
  #client: ChatClient | undefined;
  #changed: () => void = () => undefined;
  #ids = 0;

  constructor(api: string, name: string) {
    this.#api = api;
    this.#name = name;
  }

  get state(): ChatState | undefined {
    return this.#client?.state;
  }

  /** Opens the page, or loads it again: what was not yet sent is sent then. */
  async load(): Promise<void> {
    this.leave();
    const client = new ChatClient({
      api: this.#api,
      locale: 'en',
      idleMs: 3_600_000,
      fetch,
      storage: this.#storage,
      now: Date.now,
      newId: () => `${this.#name}-${(this.#ids += 1)}`,
      random: Math.random,
      wait: (ms, signal) =>
        delay(ms > longestRetryMs ? ms : Math.min(ms, longestWaitMs), undefined, { signal }).catch(
          () => undefined,
        ),
      onChange: () => this.#changed(),
    });
    this.#client = client;
    await client.start();
  }

  /** Says something; resolves when it is answered. */
  async say(text: string): Promise<void> {
    this.said.push(text);
    this.#client?.send(text);
    await this.#until(({ messages }) => {
      const last = messages.findLast(({ role }) => role === 'user');
      return last?.delivery === undefined && messages.at(-1)?.role === 'bot';
    });
  }

  leave(): void {
    this.#client?.stop();
  }

  async #until(isSo: (state: ChatState) => boolean): Promise<void> {
    for (;;) {
      const state = this.#client?.state;
      if (!state || isSo(state)) return;
      const failed = state.messages.find(({ delivery }) => delivery === 'failed');
      if (failed) throw new Error(`${this.#name}: “${failed.text}” was refused.`);
      if (state.isEnded) throw new Error(`${this.#name}: the conversation is gone.`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}

/** @returns What `localStorage` is to a page. */
function createMemory(): SessionStorage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}
