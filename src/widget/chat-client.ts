import { emptyChat, withMessages, type ChatMessage, type ChatState, type Payload } from './chat-state.ts';
import { readEvents } from './read-events.ts';
import {
  personOf,
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
  /** Asked each time that a conversation opens: a signed token does not last. */
  readonly userToken?: (() => string | undefined) | undefined;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  /** After this long without a word, a conversation is over. */
  readonly idleMs: number;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly storage?: SessionStorage | undefined;
  readonly now: () => number;
  readonly newId: () => string;
  /** 0 to 1. */
  readonly random: () => number;
  /** Resolves later; sooner when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onChange: (state: ChatState) => void;
}

const LONGEST_WAIT_MS = 8_000;
/** What timers can count to. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Answer<Content> {
  readonly status: number;
  /** `undefined` where the server refused. */
  readonly content: Content | undefined;
}

interface Reply {
  readonly messages: readonly ChatMessage[];
  readonly cursor: string;
}

interface Created extends Reply {
  readonly id: string;
  readonly token: string;
}

interface History extends Reply {
  readonly status: ChatState['status'];
}

/** Talks with the API as a page must: in order, each message once, through broken lines, reloads and restarts. */
export class ChatClient {
  readonly #options: ChatClientOptions;
  readonly #key: string;
  #state = emptyChat;
  #session: Session;
  #cursor = '0';
  #life = new AbortController();
  /** The life of the one that is sending, if one is. */
  #sending: AbortSignal | undefined;

  constructor(options: ChatClientOptions) {
    this.#options = options;
    this.#key = `usher-chat ${options.api}`;
    this.#session = this.#fresh();
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Goes on with the conversation that the browser remembers, or opens a new one. */
  async start(): Promise<void> {
    const { storage, now, idleMs } = this.#options;
    const remembered = readSession(storage, this.#key);
    const { signal } = this.#life;
    if (remembered && now() - remembered.lastAt < idleMs && remembered.person === this.#session.person) {
      this.#session = remembered;
      for (const { id, text, payload, at } of remembered.pending)
        this.#show({ id, role: 'user', text, payload, at, delivery: 'sending' });
      if (remembered.opened && (await this.#readHistory(signal))) {
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
    this.#session = this.#fresh();
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
    if (this.#state.isEnded) return;
    const { now, newId } = this.#options;
    const message: PendingMessage = { id: newId(), text, payload, at: now() };
    this.#remember({ lastAt: now() });
    this.#sendLater(message);
  }

  /** Tries again what the server refused. */
  retry(id: string): void {
    const failed = this.#state.messages.find((message) => message.id === id && message.delivery === 'failed');
    if (failed && !this.#state.isEnded)
      this.#sendLater({ id, text: failed.text, payload: failed.payload, at: failed.at });
  }

  #sendLater(message: PendingMessage): void {
    this.#remember({ pending: [...this.#session.pending, message] });
    this.#show({ ...message, role: 'user', delivery: 'sending' });
    // Before there is a conversation, its opening sends what waits.
    if (this.#session.opened) this.#sendPending(this.#life.signal);
  }

  #fresh(): Session {
    const { now, userToken } = this.#options;
    return { person: personOf(userToken?.()), lastAt: now(), pending: [] };
  }

  async #open(signal: AbortSignal): Promise<void> {
    const { locale, userToken, context, now } = this.#options;
    this.#session = { ...this.#session, opened: undefined };
    const body = { locale, user_token: userToken?.(), context };
    const answer = await this.#ask<Created>('POST', '', body, signal);
    if (!answer) return;
    const created = answer.content;
    if (!created) {
      this.#set({ ...this.#state, isEnded: true, connection: 'refused' });
      return;
    }
    this.#remember({ opened: { id: created.id, token: created.token }, lastAt: now() });
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
    const answer = await this.#ask<History>('GET', this.#path, undefined, signal);
    const history = answer?.content;
    if (!history) return false;
    this.#cursor = history.cursor;
    this.#set(
      withMessages({ ...this.#state, status: history.status, connection: 'online' }, history.messages),
    );
    return true;
  }

  #sendPending(signal: AbortSignal): void {
    if (this.#sending === signal) return;
    this.#sending = signal;
    void this.#sendAll(signal);
  }

  async #sendAll(signal: AbortSignal): Promise<void> {
    for (let next = this.#session.pending[0]; next && !signal.aborted; next = this.#session.pending[0]) {
      const { id, text, payload, at } = next;
      const body = payload
        ? { payload, title: text.slice(0, 200), message_id: id }
        : { text, message_id: id };
      const answer = await this.#ask<Reply>('POST', `${this.#path}/messages`, body, signal);
      if (!answer) return;
      const { status, content: reply } = answer;
      this.#remember({ pending: this.#session.pending.filter((pending) => pending.id !== id) });
      this.#show({ id, role: 'user', text, at, ...(reply ? {} : { payload, delivery: 'failed' }) });
      if (status === 401 || status === 404) this.#end();
      if (reply) this.#set(withMessages(this.#state, reply.messages));
    }
    // In the same step as the look that found nothing: what is said from now on is sent by another.
    if (this.#sending === signal) this.#sending = undefined;
  }

  async #listen(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const response = await this.#fetch('GET', `${this.#path}/events`, undefined, signal);
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
      if (isAborted(signal)) return;
      this.#set({ ...this.#state, connection: 'offline', isTyping: false, draft: '' });
      await this.#options.wait(this.#patience(failures), signal);
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
      const left = this.#session.lastAt + idleMs - now();
      if (left <= 0) this.#end();
      else await wait(Math.min(left, LONGEST_TIMER_MS), signal);
    }
  }

  #end(): void {
    this.stop();
    writeSession(this.#options.storage, this.#key, undefined);
    this.#set({ ...this.#state, isEnded: true, isTyping: false, draft: '' });
  }

  /** Asks until there is an answer that asking again would not change; `undefined` when it was called off. */
  async #ask<Content>(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Answer<Content> | undefined> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      let waitMs = this.#patience(tries);
      try {
        const response = await this.#fetch(method, path, body, signal);
        const { status } = response;
        // Read here: a line that breaks in the middle of an answer is a broken line.
        if (response.ok) return { status, content: (await response.json()) as Content };
        if (status !== 429 && status < 500) return { status, content: undefined };
        waitMs = Math.max(waitMs, 1000 * Number(response.headers.get('retry-after') ?? 0));
      } catch {
        if (!isAborted(signal)) this.#set({ ...this.#state, connection: 'offline' });
      }
      await this.#options.wait(waitMs, signal);
    }
    return undefined;
  }

  /** Longer each time; spread, so that all who lost a server do not come back at once. */
  #patience(failures: number): number {
    const most = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(failures, 5));
    return most * (0.5 + this.#options.random() / 2);
  }

  /** Of the conversation. */
  get #path(): string {
    return `/${this.#session.opened?.id ?? ''}`;
  }

  #fetch(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Response> {
    const token = this.#session.opened?.token;
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
    if (this.#state.isEnded) return;
    this.#session = { ...this.#session, ...part };
    writeSession(this.#options.storage, this.#key, this.#session);
  }

  #set(state: ChatState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}

/** Asked anew each time: what a loop found at its beginning may have changed while it waited. */
function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}
