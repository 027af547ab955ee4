import type { Channel } from '../channels/channel.ts';
import type { FlowDrawing } from '../dialogue/visualize/draw-picture.ts';
import type { Engine } from '../engine.ts';
import type { Logger } from '../logger.ts';
import type { Locale } from '../message.ts';
import type { ConversationLog } from '../store/conversation-log.ts';

/** A running bot, as the server sees it. */
export interface ServedBot {
  readonly name: string;
  /** The first is the default. */
  readonly locales: readonly Locale[];
  readonly engine: Engine;
  readonly log: ConversationLog;
  /** Those that take webhooks. */
  readonly channels: readonly Channel[];
  /** How a flow goes, for `/inspect`. */
  readonly drawFlow?: ((flow: string) => FlowDrawing | undefined) | undefined;
  /** The engine's own. */
  readonly version: string;
}

export interface ServerOptions {
  /** Signs conversation tokens. */
  readonly secret: string;
  /** HS256 secret of signed user tokens; without it, none is accepted. */
  readonly userTokenSecret?: string | undefined;
  /** Opens what is for operators: release, metrics and `/inspect`. */
  readonly operatorToken?: string | undefined;
  /** Host names, without ports, besides the loopback ones; `*` = any. */
  readonly allowedHosts: readonly string[];
  /** Origins of pages that may call the API, besides the server's own; `*` = any. */
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed; the default is none. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Who sees `/inspect`: who is on this machine or has the operator's token, who has the token, nobody. */
  readonly inspect: 'open' | 'token' | 'off';
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly monotonicMs: () => number;
  readonly newId: () => string;
  readonly logger: Logger;
  readonly limits?: Partial<ServerLimits> | undefined;
  /** Where the built widget and the pages' scripts lie. */
  readonly widgetFolder: string;
}

export interface ServerLimits {
  readonly maxBodyBytes: number;
  /** UTF-16 code units. */
  readonly maxTextLength: number;
  /** Requests a minute from one address. */
  readonly requestsPerAddress: number;
  /** New conversations a minute from one address. */
  readonly conversationsPerAddress: number;
  /** Messages a minute in one conversation. */
  readonly messagesPerConversation: number;
  readonly streams: number;
  readonly streamsPerAddress: number;
  readonly streamsPerConversation: number;
  /** What is kept in memory for a slow reader; the rest waits in the store. */
  readonly streamBufferBytes: number;
  readonly heartbeatMs: number;
  /** How often the server looks, for all open streams, for what other processes and timers wrote. */
  readonly pollMs: number;
}

export const defaultLimits: ServerLimits = {
  maxBodyBytes: 64 * 1024,
  maxTextLength: 4_000,
  requestsPerAddress: 1_200,
  conversationsPerAddress: 60,
  messagesPerConversation: 60,
  streams: 5_000,
  streamsPerAddress: 100,
  streamsPerConversation: 8,
  streamBufferBytes: 256 * 1024,
  heartbeatMs: 15_000,
  pollMs: 1_000,
};
