import { setTimeout as delay } from 'node:timers/promises';
import type { CallOptions } from '../call-options.ts';
import { EngineError } from '../errors.ts';
import type { InboundMessage, Message } from '../message.ts';
import type { StoredConversation, StoredReply } from '../store/conversation-store.ts';
import { deliver } from './deliver.ts';
import type { EnginePorts } from './engine-ports.ts';
import { takeTurn } from './take-turn.ts';
import type { TurnOptions } from './turn-options.ts';
import type { TurnTrace } from './turn-trace.ts';
import { unknownConversation } from './unknown-conversation.ts';

export interface TurnResult {
  readonly conversation: string;
  /** The turn's number, from 1. */
  readonly turn: number;
  readonly messages: readonly Message[];
  /** The id of the last event of the turn. */
  readonly cursor: number;
  /** Whether the message had been answered before; the messages are then those of that time. */
  readonly duplicate: boolean;
  readonly trace: TurnTrace;
}

/** How often, and how far apart, a turn is tried that other processes get in the way of. */
const maxTries = 100;
const retryDelayMs = 50;

/**
 * Answers one message: once, whoever else tries at the same time.
 *
 * Must not run for two messages of one conversation at once. Resolves when the turn is durable and its messages were
 * sent, or put off, where the channel pushes.
 */
export async function answerMessage(
  ports: EnginePorts,
  message: InboundMessage,
  options: TurnOptions = {},
): Promise<TurnResult> {
  const { store } = ports;
  for (let tries = 1; ; tries += 1) {
    const reply = await store.findReply(message.conversation, message.id, options);
    if (reply) return repeated(message, reply);
    try {
      const loading = await load(ports, message, options);
      if (options.mustExist && loading.stored.version === 0) throw unknownConversation(message.conversation);
      if (loading.stored.unfinished.every(({ id }) => id === message.id)) {
        return await answerLoaded(ports, loading, message, options);
      }
      await answerLeft(ports, loading.stored.unfinished);
    } catch (error) {
      if (!isConflict(error) || tries === maxTries) throw error;
      await delay(retryDelayMs, undefined, { signal: options.signal });
    }
  }
}

/** Answers what a dead process left, in order. */
async function answerLeft(ports: EnginePorts, left: readonly InboundMessage[]): Promise<void> {
  for (const message of left) {
    const isAnswered = await ports.store.findReply(message.conversation, message.id);
    if (!isAnswered) await answerLoaded(ports, await load(ports, message, {}), message, {});
  }
}

interface Loading {
  readonly stored: StoredConversation;
  readonly ms: number;
}

async function load(
  { store, clock }: EnginePorts,
  message: InboundMessage,
  options: CallOptions,
): Promise<Loading> {
  const startedAt = clock.elapsedMs();
  const stored = await store.load(message.conversation, options);
  return { stored, ms: clock.elapsedMs() - startedAt };
}

async function answerLoaded(
  ports: EnginePorts,
  { stored, ms }: Loading,
  message: InboundMessage,
  options: TurnOptions,
): Promise<TurnResult> {
  const { commit, messages, trace } = await takeTurn(ports, stored, message, { ...options, loadMs: ms });
  ports.failPoints?.('before_commit');
  const { version, lastEventId, deliveries } = await ports.store.commitTurn(commit);
  await deliver(ports, deliveries);
  const { conversation } = message;
  return { conversation, turn: version, messages, cursor: lastEventId, duplicate: false, trace };
}

function repeated({ conversation }: InboundMessage, reply: StoredReply): TurnResult {
  const { version, messages, lastEventId, trace } = reply;
  return {
    conversation,
    turn: version,
    messages,
    cursor: lastEventId,
    duplicate: true,
    trace: trace as unknown as TurnTrace,
  };
}

function isConflict(error: unknown): boolean {
  return error instanceof EngineError && error.code === 'STORE_CONFLICT';
}
