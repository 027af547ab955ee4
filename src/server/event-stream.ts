import type { ConversationLog } from '../store/conversation-log.ts';
import { apiTurns, type ApiTurn } from './api-message.ts';
import type { LiveUpdate, LiveUpdates } from './live-updates.ts';
import type { ServerLimits } from './server-options.ts';

export interface EventStreamOptions {
  readonly log: ConversationLog;
  readonly updates: LiveUpdates;
  readonly limits: ServerLimits;
  /** The engine's id of the conversation. */
  readonly conversation: string;
  /** Event id after which to begin. */
  readonly after: number;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** Called once, however the stream ends. */
  readonly onEnd: () => void;
}

/** Events read from the log at once. */
const BATCH = 200;
/** Heartbeats that a reader may leave unread before it is taken for gone. */
const MOST_UNREAD_HEARTBEATS = 4;

/**
 * A conversation as server-sent events: first what the log has after the cursor, then what happens.
 *
 * Only the last message of a turn has an id, so that a client which resumes gets whole turns again, never half of one.
 * A slow reader gets every message when it is ready for it, and misses drafts; one that does not read at all is left.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function openEventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  let stream: EventStream | undefined;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        stream = new EventStream(options, controller);
      },
      pull: () => stream?.goOn(),
      cancel: () => stream?.end(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: options.limits.streamBufferBytes }),
  );
}

class EventStream {
  readonly #options: EventStreamOptions;
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  readonly #encoder = new TextEncoder();
  readonly #release: () => void;
  #after: number;
  #status: string | undefined;
  #reading: Promise<void> = Promise.resolve();
  #resume: (() => void) | undefined;
  #unread = 0;
  #isOpen = true;

  constructor(options: EventStreamOptions, controller: ReadableStreamDefaultController<Uint8Array>) {
    this.#options = options;
    this.#controller = controller;
    this.#after = options.after;
    const { updates, conversation, limits, signal } = options;
    const unsubscribe = updates.subscribe(conversation, (update) => this.#show(update));
    const heartbeat = setInterval(() => this.#beat(), limits.heartbeatMs);
    const end = (): void => this.end();
    signal.addEventListener('abort', end);
    this.#release = () => {
      unsubscribe();
      clearInterval(heartbeat);
      signal.removeEventListener('abort', end);
      options.onEnd();
    };
    this.#send('retry: 1000\n\n');
    this.#catchUp();
    if (signal.aborted) this.end();
  }

  /** The reader has room again. */
  goOn(): void {
    this.#unread = 0;
    this.#resume?.();
    this.#resume = undefined;
  }

  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#release();
    this.goOn();
    try {
      this.#controller.close();
    } catch {
      // The reader went first, and the stream is closed already.
    }
  }

  get #hasRoom(): boolean {
    return (this.#controller.desiredSize ?? 0) > 0;
  }

  #send(text: string): void {
    if (this.#isOpen) this.#controller.enqueue(this.#encoder.encode(text));
  }

  #show(update: LiveUpdate): void {
    if (update.kind === 'committed') this.#catchUp();
    else if (!this.#hasRoom) return;
    else if (update.kind === 'draft') this.#send(eventText('draft', { text: update.text }));
    else this.#send(eventText('typing', { typing: update.typing }));
  }

  #beat(): void {
    if (this.#hasRoom) {
      this.#send(': still here\n\n');
      this.#catchUp();
    } else if ((this.#unread += 1) > MOST_UNREAD_HEARTBEATS) this.end();
  }

  #catchUp(): void {
    // While one waits for room, it will read what is new by then.
    if (this.#resume) return;
    this.#reading = this.#reading.then(() => this.#readLog()).catch(() => this.end());
  }

  async #readLog(): Promise<void> {
    const { log, conversation } = this.#options;
    for (let isMore = true; isMore && this.#isOpen;) {
      const events = await log.events(conversation, { after: this.#after, limit: BATCH });
      isMore = events.length === BATCH;
      // The last turn of a full batch may go on in the next.
      const last = isMore ? events.at(-1)?.turn : undefined;
      const whole = events.filter(({ turn }) => turn !== last);
      for (const turn of apiTurns(whole.length > 0 ? whole : events)) {
        await this.#room();
        this.#send(turnEvents(turn));
        this.#after = Number(turn.cursor);
      }
    }
    await this.#sendStatus();
  }

  async #sendStatus(): Promise<void> {
    const summary = await this.#options.log.conversation(this.#options.conversation);
    if (!summary) {
      this.end();
      return;
    }
    const status = summary.handover === null ? 'bot' : 'person';
    if (status !== this.#status) this.#send(eventText('status', { status }));
    this.#status = status;
  }

  async #room(): Promise<void> {
    while (this.#isOpen && !this.#hasRoom)
      await new Promise<void>((resolve) => {
        this.#resume = resolve;
      });
  }
}

function turnEvents({ messages, cursor }: ApiTurn): string {
  const last = messages.length - 1;
  return messages
    .map((message, index) => eventText('message', message, index === last ? cursor : undefined))
    .join('');
}

function eventText(event: string, data: unknown, id?: string): string {
  return `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
}
