import type { ChatMessage, ChatState } from './chat-state.ts';
import { readEvents, type ServerEvent } from './read-events.ts';
import type { OpenedConversation, PendingMessage } from './session.ts';
import { withPatience, type Patience } from './with-patience.ts';

export interface ChatApiOptions {
  /** Where the API is, without a slash at the end. */
  readonly api: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** 0 to 1. */
  readonly random: () => number;
  /** Resolves later; sooner when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Answer<Content> {
  readonly status: number;
  /** `undefined` where the server refused. */
  readonly content: Content | undefined;
}

interface Reply {
  readonly messages: readonly ChatMessage[];
  readonly cursor: string;
}

interface Created extends Reply, OpenedConversation {}

interface History extends Reply {
  readonly status: ChatState['status'];
}

interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Listening {
  readonly cursor: string;
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
  readonly onEvent: (event: ServerEvent) => void;
}

const LONGEST_WAIT_MS = 8_000;
/** A line that says nothing for so long is dead: of the stream four heartbeats would have come. */
const PATIENCE_MS = 60_000;

/**
 * The requests that a chat makes. Each but `listen` is made until there is an answer that asking again would not change;
 * it is `undefined` when it was called off.
 */
export class ChatApi {
  readonly #options: ChatApiOptions;
  readonly #onOffline: () => void;

  constructor(options: ChatApiOptions, onOffline: () => void) {
    this.#options = options;
    this.#onOffline = onOffline;
  }

  create(body: object, signal: AbortSignal): Promise<Answer<Created> | undefined> {
    return this.#ask({ method: 'POST', path: '', body }, signal);
  }

  read({ id, token }: OpenedConversation, signal: AbortSignal): Promise<Answer<History> | undefined> {
    return this.#ask({ method: 'GET', path: `/${id}`, token }, signal);
  }

  send(
    { id, token }: OpenedConversation,
    { id: messageId, text, payload }: PendingMessage,
    signal: AbortSignal,
  ): Promise<Answer<Reply> | undefined> {
    const content = payload ? { payload, title: text.slice(0, 200) } : { text };
    const body = { ...content, message_id: messageId };
    return this.#ask({ method: 'POST', path: `/${id}/messages`, token, body }, signal);
  }

  /**
   * Listens once, until the stream ends; what that means is for the listener to say.
   *
   * @returns The answer's status; `undefined` when the line broke.
   */
  listen(
    { id, token }: OpenedConversation,
    { cursor, signal, onOpen, onEvent }: Listening,
  ): Promise<number | undefined> {
    const headers = cursor === '0' ? {} : { 'last-event-id': cursor };
    return withPatience(this.#patience(signal), async (line, heard) => {
      const response = await this.#fetch({ method: 'GET', path: `/${id}/events`, token, headers }, line);
      if (response.ok && response.body) {
        onOpen();
        for await (const event of readEvents(response.body, heard)) onEvent(event);
      }
      return response.status;
    }).catch(() => undefined);
  }

  /** Waits, longer each time; spread, so that all who lost a server do not come back at once. */
  wait(failures: number, signal: AbortSignal, atLeastMs = 0): Promise<void> {
    const { random, wait } = this.#options;
    const most = Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(failures, 5));
    return wait(Math.max(atLeastMs, most * (0.5 + random() / 2)), signal);
  }

  async #ask<Content>(request: ApiRequest, signal: AbortSignal): Promise<Answer<Content> | undefined> {
    for (let tries = 0; !signal.aborted; tries += 1) {
      let waitMs = 0;
      try {
        const { answer, retryAfterMs } = await this.#askOnce<Content>(request, signal);
        if (answer.content !== undefined || !isWorthAnother(answer.status)) return answer;
        if (answer.status >= 500) this.#onOffline();
        waitMs = retryAfterMs;
      } catch {
        if (!isAborted(signal)) this.#onOffline();
      }
      await this.wait(tries, signal, waitMs);
    }
    return undefined;
  }

  #askOnce<Content>(
    request: ApiRequest,
    signal: AbortSignal,
  ): Promise<{ readonly answer: Answer<Content>; readonly retryAfterMs: number }> {
    return withPatience(this.#patience(signal), async (line) => {
      const response = await this.#fetch(request, line);
      // Read here: a line that breaks in the middle of an answer is a broken line.
      const content = response.ok ? ((await response.json()) as Content) : undefined;
      const retryAfterMs = 1000 * Number(response.headers.get('retry-after') ?? 0);
      return { answer: { status: response.status, content }, retryAfterMs };
    });
  }

  #patience(signal: AbortSignal): Patience {
    return { wait: this.#options.wait, patienceMs: PATIENCE_MS, signal };
  }

  #fetch({ method, path, token, body, headers }: ApiRequest, signal: AbortSignal): Promise<Response> {
    return this.#options.fetch(`${this.#options.api}/v1/conversations${path}`, {
      method,
      signal,
      headers: {
        ...headers,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** Whether asking again may change the answer. */
function isWorthAnother(status: number): boolean {
  return status === 429 || status >= 500;
}

/** Asked anew each time: what a loop found at its beginning may have changed while it waited. */
export function isAborted({ aborted }: AbortSignal): boolean {
  return aborted;
}
