import { ChatApi, isAborted, type ChatApiOptions } from './chat-api.ts';
import {
  emptyChat,
  withMessages,
  withUnread,
  type ChatMessage,
  type ChatState,
  type Payload,
} from './chat-state.ts';
import { Gate } from './gate.ts';
import type { ServerEvent } from './read-events.ts';
import { SessionKeeper } from './session-keeper.ts';
import type { OpenedConversation, PendingMessage, Session, SessionStorage } from './session.ts';

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
  readonly #keeper: SessionKeeper;
  readonly #api: ChatApi;
  /** Shut while nobody can see the page. */
  readonly #watched = new Gate();
  #state = emptyChat;
  #cursor = '0';
  #life = new AbortController();
  #resumed: Promise<boolean> | undefined;
  #started: Promise<void> | undefined;
  /** The life of the one that is sending, if one is. */
  #sending: AbortSignal | undefined;
  /** The line that events come on, and whether they do. */
  #line: AbortController | undefined;
  #isListening = false;

  constructor(options: ChatClientOptions) {
    this.#options = options;
    this.#keeper = new SessionKeeper({ ...options, key: `usher-chat ${options.api}` });
    this.#api = new ChatApi(options, () => this.#set({ ...this.#state, connection: 'offline' }));
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Whether the panel was left open on the page before; `undefined` where nobody opened or closed it. */
  get wasOpen(): boolean | undefined {
    return this.#session.isOpen;
  }

  /** Goes on with the conversation that the browser remembers, if there is one. */
  resume(): Promise<boolean> {
    return (this.#resumed ??= this.#goOn(this.#life.signal));
  }

  /** Goes on with the conversation that the browser remembers, or opens a new one. */
  start(): Promise<void> {
    return (this.#started ??= this.#begin(this.#life.signal));
  }

  /** Forgets the conversation here, and begins another. */
  async restart(): Promise<void> {
    this.#leave();
    this.#keeper.begin();
    await this.start();
  }

  /** To be told when the page says anew who is signed in: nobody goes on with another person's conversation. */
  async changePerson(): Promise<void> {
    if (!this.#keeper.isSomebodyElses) return;
    this.#leave();
    this.#keeper.goOn();
    if (this.#session.isOpen === true) await this.start();
    else await this.resume();
  }

  /** To be told whether the panel is open: what stands in it has been seen. */
  look(isOpen: boolean): void {
    this.#remember({ isOpen });
    this.#set(this.#state);
  }

  /** To be told whether the page is in view: while it is not, it holds no line, and then hears what it missed. */
  watch(isWatched: boolean): void {
    this.#watched.isOpen = isWatched;
    if (!isWatched) this.#line?.abort();
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

  get #session(): Session {
    return this.#keeper.session;
  }

  #leave(): void {
    this.stop();
    this.#life = new AbortController();
    this.#keeper.forget();
    this.#resumed = undefined;
    this.#started = undefined;
    this.#cursor = '0';
    this.#set(emptyChat);
  }

  async #begin(signal: AbortSignal): Promise<void> {
    if (!(await this.resume()) && !isAborted(signal)) await this.#open(signal);
  }

  async #goOn(signal: AbortSignal): Promise<boolean> {
    const { opened, pending } = this.#session;
    for (const { id, text, payload, at } of pending)
      this.#show({ id, role: 'user', text, payload, at, delivery: 'sending' });
    if (opened && (await this.#readHistory(opened, signal))) {
      this.#go(opened, signal);
      return true;
    }
    this.#keeper.leaveConversation();
    if (this.#session.pending.length === 0) return false;
    await this.#open(signal);
    return true;
  }

  async #open(signal: AbortSignal): Promise<void> {
    const { locale, userToken, context, now } = this.#options;
    this.#keeper.leaveConversation();
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
    this.#set(withMessages({ ...this.#state, connection: 'online' }, history.messages));
    this.#setStatus(history.status);
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
      const delivery = status === 413 ? 'too_long' : 'failed';
      this.#show({ id, role: 'user', text, at, ...(reply ? {} : { payload, delivery }) });
      if (status === 401 || status === 404) this.#end();
      // The line that messages go on is well; whether the other is, its listener says.
      const connection = this.#isListening ? 'online' : this.#state.connection;
      if (reply) this.#set(withMessages({ ...this.#state, connection }, reply.messages));
    }
    // In the same step as the look that found nothing: what is said from now on is sent by another.
    if (this.#sending === signal) this.#sending = undefined;
  }

  async #listen(opened: OpenedConversation, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      await this.#watched.pass(signal);
      if (isAborted(signal)) return;
      const isRefused = await this.#listenOnce(opened, signal, () => {
        failures = 0;
      });
      if (isRefused) this.#end();
      if (isAborted(signal)) return;
      this.#set({ ...this.#state, isTyping: false, draft: '' });
      if (!this.#watched.isOpen) continue;
      this.#set({ ...this.#state, connection: 'offline' });
      await this.#api.wait(failures, signal);
    }
  }

  /** @returns Whether the conversation is no longer there, or not for us. */
  async #listenOnce(opened: OpenedConversation, signal: AbortSignal, onOpen: () => void): Promise<boolean> {
    const line = new AbortController();
    const hangUp = (): void => line.abort();
    this.#line = line;
    signal.addEventListener('abort', hangUp);
    const status = await this.#api.listen(opened, {
      cursor: this.#cursor,
      signal: line.signal,
      onOpen: () => {
        this.#isListening = true;
        this.#set({ ...this.#state, connection: 'online' });
        onOpen();
      },
      onEvent: (event) => this.#receive(event),
    });
    signal.removeEventListener('abort', hangUp);
    if (this.#line === line) this.#isListening = false;
    return status === 401 || status === 404;
  }

  #receive({ event, data: json, id }: ServerEvent): void {
    const data: unknown = JSON.parse(json);
    if (event === 'typing') this.#set({ ...this.#state, isTyping: (data as { typing: boolean }).typing });
    if (event === 'draft')
      this.#set({ ...this.#state, draft: this.#state.draft + (data as { text: string }).text });
    if (event === 'status') this.#setStatus((data as ChatState).status);
    if (event === 'message') {
      this.#show(data as ChatMessage);
      this.#remember({ lastAt: this.#options.now() });
    }
    if (id !== undefined) this.#cursor = id;
  }

  #setStatus(status: ChatState['status']): void {
    this.#set({ ...this.#state, status });
    const isWithPerson = status === 'person';
    if (isWithPerson !== (this.#session.isWithPerson ?? false)) this.#remember({ isWithPerson });
  }

  async #endWhenIdle(signal: AbortSignal): Promise<void> {
    const { idleMs, wait } = this.#options;
    while (!signal.aborted && !this.#state.isEnded) {
      const { msLeft } = this.#keeper;
      if (msLeft <= 0) this.#end();
      else await wait(Math.min(msLeft, idleMs, LONGEST_TIMER_MS), signal);
    }
  }

  #end(): void {
    this.stop();
    this.#keeper.forget();
    this.#set({ ...this.#state, isEnded: true, isTyping: false, draft: '' });
  }

  #show(message: ChatState['messages'][number]): void {
    this.#set(withMessages(this.#state, [message]));
  }

  #remember(part: Partial<Session>, claims = false): void {
    if (!this.#state.isEnded) this.#keeper.change(part, claims);
  }

  #set(state: ChatState): void {
    const last = state.messages.findLast(({ role }) => role === 'bot')?.id;
    const { isOpen, seen } = this.#session;
    if (isOpen === true && last !== undefined && last !== seen) this.#remember({ seen: last });
    this.#state = withUnread(state, this.#session.seen);
    this.#options.onChange(this.#state);
  }
}
