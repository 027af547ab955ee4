import type { ActionRunner } from '../actions/action-runner.ts';
import type { Channel } from '../channels/channel.ts';
import type { Dialogue } from '../dialogue/dialogue.ts';
import type { Realiser } from '../generation/realiser.ts';
import type { Logger } from '../logger.ts';
import type { Locale } from '../message.ts';
import type { Recognizer } from '../nlu/recognizer.ts';
import type { ConversationLog } from '../store/conversation-log.ts';
import type { ConversationStore } from '../store/conversation-store.ts';
import type { Outbox } from '../store/outbox.ts';
import type { Writer } from './writer.ts';

/** All that an engine is made of. */
export interface EnginePorts {
  readonly recognizer: Recognizer;
  readonly dialogue: Dialogue;
  readonly realiser: Realiser;
  readonly writer: Writer;
  readonly actions: ActionRunner;
  /** Disposed of by whoever opened it. */
  readonly store: ConversationStore & Outbox & ConversationLog;
  /** Those that this process serves; what belongs to others is left to the processes that serve them. */
  readonly channels: readonly Channel[];
  readonly clock: Clock;
  readonly newId: () => string;
  /** 0 to 1. */
  readonly random: () => number;
  readonly logger?: Logger | undefined;
  /** Called where a crash would hurt most, so that a test can crash there. */
  readonly failPoints?: ((name: FailPoint) => void) | undefined;
  readonly settings: EngineSettings;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment, never going back. */
  elapsedMs(): number;
}

export type FailPoint = 'before_action' | 'before_commit' | 'before_send';

export interface EngineSettings {
  /** The first is the default. */
  readonly locales: readonly [Locale, ...Locale[]];
  /** IANA zone in which dates are read and shown. */
  readonly timeZone: string;
  /** Longest text that is read, in UTF-16 code units; the default is 5,000. */
  readonly maxTextLength?: number | undefined;
  /** After how long a conversation that no person took up returns to the bot; the default is never. */
  readonly handoverTimeoutMs?: number | undefined;
  readonly sensitive?: SensitiveNames | undefined;
}

/** What holds personal data: its class, by slot and by entity; masked in traces. */
export interface SensitiveNames {
  readonly slots: Readonly<Record<string, string>>;
  readonly entities: Readonly<Record<string, string>>;
}
