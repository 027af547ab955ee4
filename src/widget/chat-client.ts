import { emptyChat, withMessages, type ChatMessage, type ChatState, type Payload } from './chat-state.ts';
import { readEvents } from './read-events.ts';
import {
  readSession,
  writeSession,
  type PendingMessage,
  type Session,
  type SessionStorage,
} from './session.ts';

export interface ChatClientOptions {
  /** Where the API is, without a slash at the end. */
  readonly api: string;
  readonly locale?: string | undefined;
  readonly userToken?: string | undefined;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  /** After this long without a word, a conversation is over. */
  readonly idleMs: number;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly storage?: SessionStorage | undefined;
  readonly now: () => number;
  readonly newId: () => string;
  /** Resolves later; sooner when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onChange: (state: ChatState) => void;
}

const LONGEST_WAIT_MS = 8_000;

/** Talks with the API as a page must: in order, each message once, through broken lines, reloads and restarts. */
export class ChatClient {
  readonly #options: ChatClientOptions;
  readonly #key: string;
  #state = emptyChat;
  #session: Session | undefined;
  #cursor = '0';
  #life = new AbortController();
  #sending: Promise<void> | undefined;

  constructor(options: ChatClientOptions) {
    this.#options = options;
    this.#key = `usher-chat ${options.api}`;
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Goes on with the conversation that the browser remembers, or opens a new one. */
  async start(): Promise<void> {
    const { storage, now, idleMs } = this.#options;
    const remembered = readSession(storage, this.#key);
    const isFresh = remembered && now() - remembered.lastAt < idleMs;
    const { signal } = this.#life;
    if (isFresh) {
      this.#session = remembered;
      if (await this.#readHistory(signal)) {
        for (const { id, text, at } of remembered.pending)
          this.#show({ id, role: 'user', text, at, delivery: 'sending' });
        this.#go(signal);
        return;
      }
    }
    await this.#open(signal);
  }

  /** Forgets the conversation here, and begins another. */
  async restart(): Promise<void> {
    this.stop();
    this.#life = new AbortController();
    writeSession(this.#options.storage, this.#key, undefined);
    this.#session = undefined;
    this.#cursor = '0';
    this.#set(emptyChat);
    await this.#open(this.#life.signal);
  }

  stop(): void {
    this.#life.abort();
    this.#sending = undefined;
  }

  /** Says something; it is shown at once, and sent until it has arrived. */
  send(text: string, payload?: Payload): void {
    if (!this.#session || this.#state.isEnded) return;
    const { now, newId } = this.#options;
    const message: PendingMessage = { id: newId(), text, payload, at: now() };
    this.#remember({ pending: [...this.#session.pending, message], lastAt: now() });
    this.#show({ id: message.id, role: 'user', text, at: message.at, delivery: 'sending' });
    this.#sendPending(this.#life.signal);
  }

  /** Tries again what the server refused. */
  retry(id: string): void {
    const failed = this.#state.messages.find((message) => message.id === id && message.delivery === 'failed');
    if (!failed || !this.#session) return;
    this.#show({ ...failed, delivery: 'sending' });
    this.#remember({ pending: [...this.#session.pending, { id, text: failed.text, at: failed.at }] });
    this.#sendPending(this.#life.signal);
  }

  async #open(signal: AbortSignal): Promise<void> {
    const { locale, userToken, context, now } = this.#options;
    const body = { locale, user_token: userToken, context };
    const response = await this.#ask('POST', '', body, signal);
    if (!response) return;
    if (!response.ok) {
      this.#set({ ...this.#state, isEnded: true, connection: 'offline' });
      return;
    }
    const created = (await response.json()) as {
      id: string;
      token: string;
      messages: ChatMessage[];
      cursor: string;
    };
    this.#session = { id: created.id, token: created.token, lastAt: now(), pending: [] };
    writeSession(this.#options.storage, this.#key, this.#session);
    this.#cursor = created.cursor;
    this.#set(withMessages({ ...this.#state, connection: 'online' }, created.messages));
    this.#go(signal);
  }

  #go(signal: AbortSignal): void {
    this.#sendPending(signal);
    void this.#listen(signal);
    void this.#endWhenIdle(signal);
  }

  async #readHistory(signal: AbortSignal): Promise<boolean> {
    const response = await this.#ask('GET', `/${this.#session?.id ?? ''}`, undefined, signal);
    if (!response?.ok) return false;
    const history = (await response.json()) as {
      messages: ChatMessage[];
      cursor: string;
      status: 'bot' | 'person';
    };
    this.#cursor = history.cursor;
    this.#set(
      withMessages({ ...this.#state, status: history.status, connection: 'online' }, history.messages),
    );
    return true;
  }

  #sendPending(signal: AbortSignal): void {
    this.#sending ??= this.#sendAll(signal).finally(() => {
      this.#sending = undefined;
    });
  }

  async #sendAll(signal: AbortSignal): Promise<void> {
    for (let next = this.#session?.pending[0]; next && !signal.aborted; next = this.#session?.pending[0]) {
      const { id, text, payload, at } = next;
      const body = payload
        ? { payload, title: text.slice(0, 200), message_id: id }
        : { text, message_id: id };
      const response = await this.#ask('POST', `/${this.#session?.id ?? ''}/messages`, body, signal);
      if (!response) return;
      this.#remember({ pending: this.#session?.pending.filter((pending) => pending.id !== id) ?? [] });
      this.#show({ id, role: 'user', text, at, delivery: response.ok ? undefined : 'failed' });
      if (response.status === 401 || response.status === 404) this.#end();
      if (!response.ok) continue;
      const { messages } = (await response.json()) as { messages: ChatMessage[] };
      // Read first: what the stream brings meanwhile must not be overwritten.
      this.#set(withMessages(this.#state, messages));
    }
  }

  async #listen(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const response = await this.#fetch('GET', `/${this.#session?.id ?? ''}/events`, undefined, signal);
        if (response.status === 401 || response.status === 404) {
          this.#end();
          return;
        }
        if (response.ok && response.body) {
          this.#set({ ...this.#state, connection: 'online' });
          failures = 0;
          for await (const event of readEvents(response.body))
            this.#receive(event.event, event.data, event.id);
        }
      } catch {
        // The line broke; below it is tried again.
      }
      if (signal.aborted) return;
      this.#set({ ...this.#state, connection: 'offline', isTyping: false, draft: '' });
      await this.#options.wait(Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(failures, 5)), signal);
    }
  }

  #receive(event: string, json: string, id: string | undefined): void {
    const data: unknown = JSON.parse(json);
    if (event === 'typing') this.#set({ ...this.#state, isTyping: (data as { typing: boolean }).typing });
    if (event === 'draft')
      this.#set({ ...this.#state, draft: this.#state.draft + (data as { text: string }).text });
    if (event === 'status') this.#set({ ...this.#state, status: (data as ChatState).status });
    if (event === 'message') {
      this.#show(data as ChatMessage);
      this.#remember({ lastAt: this.#options.now() });
    }
    if (id !== undefined) this.#cursor = id;
  }

  async #endWhenIdle(signal: AbortSignal): Promise<void> {
    const { now, idleMs, wait } = this.#options;
    while (!signal.aborted && !this.#state.isEnded) {
      const left = (this.#session?.lastAt ?? 0) + idleMs - now();
      if (left <= 0) this.#end();
      else await wait(left, signal);
    }
  }

  #end(): void {
    this.stop();
    writeSession(this.#options.storage, this.#key, undefined);
    this.#set({ ...this.#state, isEnded: true, isTyping: false, draft: '' });
  }

  /** Asks until there is an answer that asking again would not change; `undefined` when it was called off. */
  async #ask(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Response | undefined> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      let waitMs = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(tries, 5));
      try {
        const response = await this.#fetch(method, path, body, signal);
        if (response.status !== 429 && response.status < 500) return response;
        waitMs = Math.max(waitMs, 1000 * Number(response.headers.get('retry-after') ?? 0));
      } catch {
        if (!signal.aborted) this.#set({ ...this.#state, connection: 'offline' });
      }
      await this.#options.wait(waitMs, signal);
    }
    return undefined;
  }

  #fetch(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const token = this.#session?.token;
    return this.#options.fetch(`${this.#options.api}/v1/conversations${path}`, {
      method,
      signal,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(path.endsWith('/events') && this.#cursor !== '0' ? { 'last-event-id': this.#cursor } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  #show(message: ChatState['messages'][number]): void {
    this.#set(withMessages(this.#state, [message]));
  }

  #remember(part: Partial<Session>): void {
    if (!this.#session || this.#state.isEnded) return;
    this.#session = { ...this.#session, ...part };
    writeSession(this.#options.storage, this.#key, this.#session);
  }

  #set(state: ChatState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}
