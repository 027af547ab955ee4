import type { Context } from 'hono';
import type { ConversationTokens } from './conversation-token.ts';
import { bearerOf, sameText } from './conversation-token.ts';
import type { LiveUpdates } from './live-updates.ts';
import type { Metrics } from './metrics.ts';
import { refuse } from './refuse.ts';
import type { RateLimits } from './rate-limits.ts';
import type { ServedBot, ServerLimits, ServerOptions } from './server-options.ts';

/** What every route works with. */
export interface ServerContext {
  readonly app: ServedBot;
  readonly options: ServerOptions;
  readonly limits: ServerLimits;
  readonly rates: RateLimits;
  readonly tokens: ConversationTokens;
  readonly updates: LiveUpdates;
  readonly metrics: Metrics;
  /** Aborted when the server goes down: streams end then. */
  readonly closing: AbortSignal;
  readonly isDraining: () => boolean;
}

/** Hono's environment: what the platform says of the client. */
export interface ServerEnv {
  readonly Bindings: {
    readonly address: string;
    /** Whether the client is on this machine. */
    readonly isHere: boolean;
  };
}

export type RouteContext = Context<ServerEnv>;

/** Refuses whoever lacks the conversation's token. A wrong token and an unknown conversation look alike. */
export function requireToken({ tokens }: ServerContext, headers: Headers, conversation: string): void {
  const token = bearerOf(headers);
  if (token === undefined || !tokens.accepts(conversation, token))
    refuse('unauthorized', { headers: { 'www-authenticate': 'Bearer realm="conversation"' } });
}

/** Refuses whoever lacks the operator's token; without one configured, everybody. */
export function requireOperator({ options: { operatorToken } }: ServerContext, headers: Headers): void {
  const token = bearerOf(headers) ?? basicPasswordOf(headers);
  if (operatorToken === undefined || token === undefined || !sameText(operatorToken, token))
    refuse('unauthorized', {
      detail: operatorToken === undefined ? 'No operator token is configured.' : undefined,
      headers: { 'www-authenticate': 'Basic realm="operator", charset="UTF-8"' },
    });
}

/** Whether who asks may look inside without a token: in development, on this machine. */
export function isOpenTo({ isHere }: ServerEnv['Bindings'], { inspect }: ServerOptions): boolean {
  return inspect === 'open' && isHere;
}

/** @param seconds - To wait; 0 lets it pass. */
export function requirePatience(seconds: number): void {
  if (seconds > 0)
    refuse('too_many_requests', {
      detail: `Try again in ${seconds} s.`,
      headers: { 'retry-after': String(seconds) },
    });
}

/** A browser asks for the operator's token as a password; the name does not matter. */
function basicPasswordOf(headers: Headers): string | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,4096})$/i.exec(headers.get('authorization') ?? '')?.[1];
  return encoded === undefined
    ? undefined
    : /:([^]*)$/.exec(Buffer.from(encoded, 'base64').toString('utf8'))?.[1];
}
