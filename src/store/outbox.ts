import type { CallOptions } from '../call-options.ts';
import type { Message } from '../message.ts';

/** One message on its way to a person. */
export interface Delivery {
  readonly conversation: string;
  readonly channel: string;
  /** The turn that said it, and its place in the turn, from 0: together the same over every retry. */
  readonly turn: number;
  readonly position: number;
  readonly message: Message;
  /** Failed tries so far. */
  readonly attempts: number;
}

export type Settlement =
  | { readonly kind: 'delivered' }
  /** `dueAt` in epoch milliseconds. */
  | { readonly kind: 'retry'; readonly dueAt: number; readonly error: string }
  /** Not tried, because an earlier message of the conversation must go first. */
  | { readonly kind: 'held' }
  /** Given up: kept for inspection, and no longer in the way of later messages. */
  | { readonly kind: 'dead'; readonly error: string };

/** Messages committed and not yet delivered. A conversation's messages leave in order: one that waits holds the later ones. */
export interface Outbox {
  /** Claims what is due on these channels and nobody living is sending: for each conversation its first message only. */
  takeDue(
    query: { readonly channels: readonly string[]; readonly at: number; readonly limit: number },
    options?: CallOptions,
  ): Promise<readonly Delivery[]>;
  /** Survives a crash of the process; a power cut may undo it, and the message is then sent again under the same id. */
  settle(delivery: Delivery, settlement: Settlement, options?: CallOptions): Promise<void>;
}
