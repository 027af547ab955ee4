import { answerMessage, type TurnResult } from './engine/answer-message.ts';
import { deliver } from './engine/deliver.ts';
import type { EnginePorts } from './engine/engine-ports.ts';
import { handoverTimer } from './engine/handover-timer.ts';
import { createKeyedQueue } from './engine/keyed-queue.ts';
import { reportOf, type ConversationReport } from './engine/report-of.ts';
import { turnLine } from './engine/turn-line.ts';
import type { TurnOptions } from './engine/turn-options.ts';
import { unknownConversation } from './engine/unknown-conversation.ts';
import { EngineError } from './errors.ts';
import type { InboundContent, InboundMessage } from './message.ts';
import type { DueTimer } from './store/conversation-store.ts';

/** Answers conversations: each message once, those of one conversation in order. */
export interface Engine extends AsyncDisposable {
  /**
   * Answers a message; resolves when the turn is durable. The same id again gives the same messages and no second turn.
   *
   * @throws EngineError `INPUT_INVALID` for a message without ids; `STORE_FULL`, `STORE_READ_ONLY` or `STORE_FAILED`
   * when the turn could not be kept: nothing has changed then, and the message may be sent again.
   */
  receive(message: InboundMessage, options?: TurnOptions): Promise<TurnResult>;
  /**
   * Keeps a message and answers it in the background, for channels that must acknowledge at once.
   *
   * Resolves, once it is durable, to whether it is new. The reply goes out through the channel.
   */
  accept(message: InboundMessage): Promise<boolean>;
  /** Answers and sends what a crash left undone. Call it at start-up, before anything is received. */
  recover(): Promise<void>;
  /** Fires due timers, sends what waits for another try, and takes over from processes that died. Call it each second. */
  runDue(): Promise<void>;
  /** Gives a handed-over conversation back to the bot. @throws EngineError `CONVERSATION_NOT_FOUND`. */
  release(conversation: string, by: 'operator' | 'customer'): Promise<TurnResult>;
  /** @throws EngineError `CONVERSATION_NOT_FOUND`. */
  inspect(conversation: string): Promise<ConversationReport>;
  /** Deletes all that is known of a conversation. @throws EngineError `CONVERSATION_NOT_FOUND`. */
  forget(conversation: string): Promise<void>;
}

/** Composes an engine from its parts. Disposing of it waits for the turns under way; the parts stay open. */
export function createEngine(ports: EnginePorts): Engine {
  const { store, clock, newId, logger } = ports;
  const queue = createKeyedQueue();
  const channels = ports.channels.map(({ name }) => name);
  /** Accepted, and not answered because the store was full or failed. */
  const putOff = new Set<InboundMessage>();

  const receive = (message: InboundMessage, options: TurnOptions = {}): Promise<TurnResult> =>
    queue.run(message.conversation, async () => {
      const result = await answerMessage(ports, checked(message), options);
      if (!result.duplicate) logger?.info(turnLine(result.trace), 'turn');
      return result;
    });

  const receiveLater = async (message: InboundMessage): Promise<void> => {
    putOff.delete(message);
    try {
      await receive(message);
    } catch (error) {
      putOff.add(message);
      logger?.error({ conversation: message.conversation, error }, 'A message is put off');
    }
  };

  const takeOver = async (): Promise<void> => {
    const left = await store.takeUnfinished(channels);
    await Promise.all([...putOff, ...left].map(receiveLater));
  };

  const sendDue = async (): Promise<void> => {
    for (;;) {
      const due = await store.takeDue({ channels, at: clock.now(), limit: batchSize });
      if (due.length === 0) return;
      await Promise.all(
        due.map((delivery) => queue.run(delivery.conversation, () => deliver(ports, [delivery]))),
      );
    }
  };

  const fireTimers = async (): Promise<void> => {
    const due = await store.dueTimers({ channels, at: clock.now(), limit: batchSize });
    await Promise.all(due.map((timer) => receiveLater(timerMessage(timer))));
  };

  const existing = async (id: string) => {
    const conversation = await store.conversation(id);
    if (!conversation) throw unknownConversation(id);
    return conversation;
  };

  return {
    receive,
    async accept(message) {
      const isNew = await store.accept(checked(message), clock.now());
      if (isNew) void receiveLater(message);
      return isNew;
    },
    async recover() {
      await takeOver();
      await sendDue();
    },
    async runDue() {
      await takeOver();
      await fireTimers();
      await sendDue();
    },
    async release(id, by) {
      const { channel } = await existing(id);
      const content: InboundContent = { kind: 'released', by };
      return await receive({ channel, conversation: id, id: `release:${newId()}`, at: clock.now(), content });
    },
    async inspect(id) {
      return await reportOf(store, await existing(id));
    },
    async forget(id) {
      const isKnown = await queue.run(id, () => store.forget(id));
      if (!isKnown) throw unknownConversation(id);
    },
    async [Symbol.asyncDispose]() {
      await queue.idle();
    },
  };
}

/** How many timers and deliveries are taken at once. */
const batchSize = 100;
const maxIdLength = 512;

function timerMessage({ conversation, channel, name, dueAt }: DueTimer): InboundMessage {
  const content: InboundContent =
    name === handoverTimer ? { kind: 'released', by: 'timeout' } : { kind: 'timer', timer: name };
  return { channel, conversation, id: `timer:${name}:${dueAt}`, at: dueAt, content };
}

function checked(message: InboundMessage): InboundMessage {
  for (const part of ['channel', 'conversation', 'id'] as const) {
    const { length } = message[part];
    if (length > 0 && length <= maxIdLength) continue;
    throw new EngineError('INPUT_INVALID', `A message's \`${part}\` has ${length} characters.`, {
      fix: `Give it between 1 and ${maxIdLength}.`,
    });
  }
  return message;
}
