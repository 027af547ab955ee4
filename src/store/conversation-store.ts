import type { CallOptions } from '../call-options.ts';
import type { Json } from '../json.ts';
import type { InboundMessage, Message } from '../message.ts';

export interface StoredConversation {
  readonly id: string;
  /** 0 before the first turn; each commit adds 1. */
  readonly version: number;
  /** The dialogue's state, as JSON. */
  readonly state: Json;
  /** Messages of the bot that are not yet delivered count too. */
  readonly lastEventId: number;
}

/** All that one turn changes; written in one transaction. */
export interface TurnCommit {
  readonly conversation: string;
  readonly expectedVersion: number;
  readonly state: Json;
  /** The inbound message that this turn answers; marked done in the same transaction. */
  readonly inbound: InboundMessage;
  /** Appended in order. */
  readonly events: readonly { readonly kind: string; readonly at: number; readonly data: Json }[];
  /** Messages to deliver, in order. */
  readonly outbox: readonly Message[];
  /** Action runs that ended in this turn, by idempotency key. */
  readonly actionRuns: readonly { readonly key: string; readonly outcome: Json }[];
  readonly timers: {
    readonly set: readonly { readonly name: string; readonly dueAt: number }[];
    readonly cancelled: readonly string[];
  };
  readonly trace: Json;
}

/** Where conversations live between turns. Adapters pass `test/contracts/conversation-store.ts`. */
export interface ConversationStore extends AsyncDisposable {
  load(id: string, options?: CallOptions): Promise<StoredConversation | undefined>;
  /**
   * Writes a turn if the stored version is still `expectedVersion`; resolves once it is durable.
   *
   * @throws EngineError `STORE_CONFLICT` when another writer came first, `STORE_FULL`, `STORE_READ_ONLY` or
   * `STORE_FAILED`; nothing is written then.
   */
  commitTurn(turn: TurnCommit, options?: CallOptions): Promise<{ readonly version: number }>;
}
