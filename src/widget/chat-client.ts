import { ChatApi, isAborted, type ChatApiOptions } from './chat-api.ts';
import { emptyChat, withMessages, type ChatMessage, type ChatState, type Payload } from './chat-state.ts';
import { readEvents } from './read-events.ts';
import {
  changeSession,
  forgetSession,
  personOf,
  readSession,
  type OpenedConversation,
  type PendingMessage,
  type Session,
  type SessionStorage,
} from './session.ts';

export interface ChatClientOptions extends ChatApiOptions {
  readonly locale?: string | undefined;
  /** Asked each time that a conversation opens: a signed token does not last. */
  readonly userToken?: (() => string | undefined) | undefined;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
  /** After this long without a word, a conversation is over. */
  readonly idleMs: number;
  readonly storage?: SessionStorage | undefined;
  readonly now: () => number;
  readonly newId: () => string;
  readonly onChange: (state: ChatState) => void;
}

/** What timers can count to. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Talks with the API as a page must: in order, each message once, through broken lines, reloads and restarts. */
export class ChatClient {
  readonly #options: ChatClientOptions;
  readonly #key: string;
  readonly #api: ChatApi;
  #state = emptyChat;
  #session: Session;
  #cursor = '0';
  #life = new AbortController();
  /** The life of the one that is sending, if one is. */
  #sending: AbortSignal | undefined;

  constructor(options: ChatClientOptions) {
    this.#options = options;
    this.#key = `usher-chat ${options.api}`;
    this.#api = new ChatApi(options, () => this.#set({ ...this.#state, connection: 'offline' }));
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
      const { opened } = remembered;
      if (opened && (await this.#readHistory(opened, signal))) {
        this.#go(opened, signal);
        return;
      }
    }
    await this.#open(signal);
  }

  /** Forgets the conversation here, and begins another. */
  async restart(): Promise<void> {
    this.stop();
    this.#life = new AbortController();
    forgetSession(this.#options.storage, this.#key, this.#session);
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
    this.#sendLater(message);
  }

  /** Tries again what the server refused. */
  retry(id: string): void {
    const failed = this.#state.messages.find((message) => message.id === id && message.delivery === 'failed');
    if (failed && !this.#state.isEnded)
      this.#sendLater({ id, text: failed.text, payload: failed.payload, at: failed.at });
  }

  #sendLater(message: PendingMessage): void {
    this.#remember({ lastAt: this.#options.now(), pending: [...this.#session.pending, message] }, true);
    this.#show({ ...message, role: 'user', delivery: 'sending' });
    // Before there is a conversation, its opening sends what waits.
    const { opened } = this.#session;
    if (opened) this.#sendPending(opened, this.#life.signal);
  }

  #fresh(): Session {
    const { now, userToken } = this.#options;
    return { person: personOf(userToken?.()), lastAt: now(), pending: [] };
  }

  async #open(signal: AbortSignal): Promise<void> {
    const { locale, userToken, context, now } = this.#options;
    this.#session = { ...this.#session, opened: undefined };
    const body = { locale, user_token: userToken?.(), context };
    const answer = await this.#api.create(body, signal);
    if (!answer) return;
    const created = answer.content;
    if (!created) {
      this.#set({ ...this.#state, isEnded: true, connection: 'refused' });
      return;
    }
    const opened = { id: created.id, token: created.token };
    this.#remember({ opened, lastAt: now() }, true);
    this.#cursor = created.cursor;
    this.#set(withMessages({ ...this.#state, connection: 'online' }, created.messages));
    this.#go(opened, signal);
  }

  #go(opened: OpenedConversation, signal: AbortSignal): void {
    this.#sendPending(opened, signal);
    void this.#listen(opened, signal);
    void this.#endWhenIdle(signal);
  }

  async #readHistory(opened: OpenedConversation, signal: AbortSignal): Promise<boolean> {
    const history = (await this.#api.read(opened, signal))?.content;
    if (!history) return false;
    this.#cursor = history.cursor;
    this.#set(
      withMessages({ ...this.#state, status: history.status, connection: 'online' }, history.messages),
    );
    return true;
  }

  #sendPending(opened: OpenedConversation, signal: AbortSignal): void {
    if (this.#sending === signal) return;
    this.#sending = signal;
    void this.#sendAll(opened, signal);
  }

  async #sendAll(opened: OpenedConversation, signal: AbortSignal): Promise<void> {
    for (let next = this.#session.pending[0]; next && !signal.aborted; next = this.#session.pending[0]) {
      const { id, text, payload, at } = next;
      const answer = await this.#api.send(opened, next, signal);
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

  async #listen(opened: OpenedConversation, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const response = await this.#api.listen(opened, this.#cursor, signal);
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
      await this.#api.wait(failures, signal);
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
    forgetSession(this.#options.storage, this.#key, this.#session);
    this.#set({ ...this.#state, isEnded: true, isTyping: false, draft: '' });
  }

  #show(message: ChatState['messages'][number]): void {
    this.#set(withMessages(this.#state, [message]));
  }

  #remember(part: Partial<Session>, claims = false): void {
    if (this.#state.isEnded) return;
    const before = this.#session;
    this.#session = { ...before, ...part };
    changeSession(this.#options.storage, this.#key, { before, after: this.#session, claims });
  }

  #set(state: ChatState): void {
    this.#state = state;
    this.#options.onChange(state);
  }
}
