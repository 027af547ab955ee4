import type { CallOptions } from '../call-options.ts';
import type { Json } from '../json.ts';

export interface LoggedEvent {
  /** Grows over the whole store: a cursor. */
  readonly id: number;
  readonly turn: number;
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly data: Json;
}

export interface LoggedTurn {
  readonly turn: number;
  readonly at: number;
  readonly trace: Json;
}

/** How far the log of all conversations was read. */
export interface LogCursor {
  /** The newest event's id; those of forgotten events are given again. */
  readonly event: number;
  /** How many conversations were ever forgotten. When it has grown, any may be gone. */
  readonly forgotten: number;
}

export interface ConversationSummary {
  readonly id: string;
  readonly channel: string;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The number of its open hand-over, while a person owns it. */
  readonly handover: string | null;
}

export interface LastHeard {
  readonly conversation: string;
  /** Of the event `user_message`. */
  readonly data: Json;
}

/** What happened in conversations, for people, pages and retention. */
export interface ConversationLog {
  /** @returns Most recently active first. */
  conversations(options?: CallOptions & { readonly limit?: number }): Promise<readonly ConversationSummary[]>;
  conversation(id: string, options?: CallOptions): Promise<ConversationSummary | undefined>;
  /** @returns Of the most recently active conversations in which a person said something, the last such event's data. */
  lastHeard(options?: CallOptions & { readonly limit?: number }): Promise<readonly LastHeard[]>;
  /** The dialogue's state after the last committed turn; unlike `load`, it looks and claims nothing. */
  state(id: string, options?: CallOptions): Promise<Json | undefined>;
  /**
   * @param options.after - Those after this cursor only.
   * @param options.limit - At most so many of the first; the default is 1,000.
   * @param options.last - The last so many instead.
   * @returns In order.
   */
  events(
    conversation: string,
    options?: CallOptions & { readonly after?: number; readonly limit?: number; readonly last?: number },
  ): Promise<readonly LoggedEvent[]>;
  /**
   * Which conversations went on, in whatever process.
   *
   * @param after - The cursor of the answer before; without one, none did, and the cursor is where to begin.
   */
  changes(
    after: LogCursor | undefined,
    options?: CallOptions,
  ): Promise<{ readonly cursor: LogCursor; readonly conversations: readonly string[] }>;
  /** @returns The last `limit` turns, oldest first. */
  traces(
    conversation: string,
    options?: CallOptions & { readonly limit?: number },
  ): Promise<readonly LoggedTurn[]>;
  /**
   * Deletes every row of a conversation; resolves to whether there was one.
   *
   * @throws EngineError `STORE_CONFLICT` while another living process is in the middle of a turn of it.
   */
  forget(conversation: string, options?: CallOptions): Promise<boolean>;
  /** Forgets conversations without a turn since then (epoch milliseconds); resolves to how many. */
  forgetIdleSince(at: number, options?: CallOptions): Promise<number>;
  /** Keeps the program that conversations may have been begun on. */
  saveProgram(version: string, program: Json, at: number, options?: CallOptions): Promise<void>;
  loadProgram(version: string, options?: CallOptions): Promise<Json | undefined>;
}
