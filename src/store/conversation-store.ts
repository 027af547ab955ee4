import type { CallOptions } from '../call-options.ts';
import type { Json, JsonObject } from '../json.ts';
import type { InboundMessage, Message } from '../message.ts';
import type { Delivery } from './outbox.ts';

export interface StoredConversation {
  readonly id: string;
  /** 0 before the first turn; each commit adds 1. */
  readonly version: number;
  /** The dialogue's state, as JSON; `undefined` before the first turn. */
  readonly state: Json | undefined;
  /**
   * Messages whose turn began and never ended, its process having died: answer them first, in this order, because an
   * action of theirs may have taken place.
   */
  readonly unfinished: readonly InboundMessage[];
}

/** All that one turn changes; written in one transaction. */
export interface TurnCommit {
  readonly conversation: string;
  readonly expectedVersion: number;
  readonly state: Json;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The message that this turn answers; marked answered in the same transaction. */
  readonly inbound: InboundMessage;
  /** Appended in order. */
  readonly events: readonly TurnEvent[];
  /** Messages to deliver, in order; empty for a channel whose caller takes the reply itself. */
  readonly outbox: readonly Message[];
  /** Action runs that ended in this turn. */
  readonly actionRuns: readonly { readonly key: string; readonly outcome: Json }[];
  readonly timers: {
    readonly set: readonly { readonly name: string; readonly dueAt: number }[];
    readonly cancelled: readonly string[];
  };
  readonly handover?: HandoverChange | undefined;
  readonly trace: Json;
}

export interface TurnEvent {
  readonly kind: string;
  readonly data: Json;
}

export type HandoverChange =
  | {
      readonly kind: 'opened';
      readonly number: string;
      readonly queue: string;
      readonly priority?: number | undefined;
      readonly slots: JsonObject;
    }
  | { readonly kind: 'released'; readonly by: string };

export interface CommittedTurn {
  readonly version: number;
  readonly lastEventId: number;
  /** What may be sent now, in order; the rest waits for earlier messages of the conversation that are being retried. */
  readonly deliveries: readonly Delivery[];
}

/** What a message was answered with, when it was answered before. */
export interface StoredReply {
  readonly version: number;
  readonly lastEventId: number;
  readonly messages: readonly Message[];
  readonly trace: Json;
}

export interface ActionStart {
  readonly conversation: string;
  readonly expectedVersion: number;
  readonly inbound: InboundMessage;
  readonly action: string;
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What is known of an action's key once its start is durable. */
export type ActionStarted =
  | { readonly kind: 'started' }
  /** It ran in an earlier turn; `outcome` is what was committed then. */
  | { readonly kind: 'finished'; readonly outcome: Json }
  /** It was started before and nobody saw its end. */
  | { readonly kind: 'unseen' };

export interface DueTimer {
  readonly conversation: string;
  readonly channel: string;
  readonly name: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/**
 * Where conversations live between turns. Adapters pass `test/contracts/conversation-store.ts`.
 *
 * Several processes may share one store. A message or conversation that a process works on is claimed by it, and the
 * claim ends with the process, not with a clock.
 */
export interface ConversationStore extends AsyncDisposable {
  /**
   * @throws EngineError `STORE_CONFLICT` while another living process is in the middle of a turn of it.
   */
  load(id: string, options?: CallOptions): Promise<StoredConversation>;
  /** @returns `undefined` when the message is new, or its turn never ended. */
  findReply(conversation: string, messageId: string, options?: CallOptions): Promise<StoredReply | undefined>;
  /** Keeps a message for this process to answer; resolves, once durable, to whether it is new. */
  accept(message: InboundMessage, at: number, options?: CallOptions): Promise<boolean>;
  /** Claims what dead processes accepted or began on these channels and did not answer, in the order of arrival. */
  takeUnfinished(channels: readonly string[], options?: CallOptions): Promise<readonly InboundMessage[]>;
  /**
   * Records that an action with effects is about to be called, claiming the conversation until its turn is committed.
   *
   * @throws EngineError as `commitTurn` does.
   */
  startAction(start: ActionStart, options?: CallOptions): Promise<ActionStarted>;
  /**
   * Writes a turn if the stored version is still `expectedVersion` and its message unanswered; resolves once durable.
   *
   * @throws EngineError `STORE_CONFLICT` when another writer came first, `STORE_FULL`, `STORE_READ_ONLY` or
   * `STORE_FAILED`; nothing of this turn is written then.
   */
  commitTurn(turn: TurnCommit, options?: CallOptions): Promise<CommittedTurn>;
  /** @returns Those of these channels, earliest first. A timer stays until a turn cancels it or sets it anew. */
  dueTimers(
    query: { readonly channels: readonly string[]; readonly at: number; readonly limit: number },
    options?: CallOptions,
  ): Promise<readonly DueTimer[]>;
}
