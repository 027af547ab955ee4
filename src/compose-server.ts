import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Bot } from './bot/load-bot.ts';
import type { Channel } from './channels/channel.ts';
import { createWebhookChannel } from './channels/webhook-channel.ts';
import type { RunningBot } from './compose.ts';
import { defaultLocale } from './config.ts';
import type { Config } from './config-schema.ts';
import { drawPicture } from './dialogue/visualize/draw-picture.ts';
import { pictureFlow } from './dialogue/visualize/flow-picture.ts';
import type { Logger } from './logger.ts';
import { createHandler } from './server/handler.ts';
import type { ServerLimits } from './server/server-options.ts';
import { listen, type Listening } from './server/listen.ts';
import { loadServerSecret } from './server/server-secret.ts';
import { webChannel } from './server/web-channel.ts';

export interface ServeOptions {
  readonly version: string;
  readonly logger: Logger;
  readonly now: () => number;
  /** Whether who is on this machine may look inside without a token: for development. */
  readonly inspect: 'open' | 'token';
  /** Where the built widget lies; beside this module when absent. */
  readonly widgetFolder?: string | undefined;
}

/** The channels that a server answers on, for `openBot`. */
export function serverChannels({ config }: Bot, now: () => number): readonly Channel[] {
  const { webhook } = config.channels;
  if (!webhook) return [webChannel];
  const { secret, reply_url: replyUrl } = webhook;
  return [webChannel, createWebhookChannel({ secret, replyUrl, fetch: globalThis.fetch, now })];
}

/**
 * Serves a running bot over HTTP, and does each second what is due.
 *
 * @throws EngineError `PORT_TAKEN`.
 */
export async function serveBot(
  running: RunningBot,
  channels: readonly Channel[],
  options: ServeOptions,
): Promise<Listening> {
  const { bot, engine, store } = running;
  const { config, files, program } = bot;
  const { logger, now } = options;
  const first = defaultLocale(config);
  const handler = createHandler(
    {
      name: config.name,
      locales: [first, ...config.locales.filter((locale) => locale !== first)],
      engine,
      log: store,
      channels: channels.filter(({ name }) => name !== webChannel.name),
      drawFlow: (flow) => {
        const definition = Object.hasOwn(program.flows, flow) ? program.flows[flow] : undefined;
        return definition && drawPicture(pictureFlow(definition, program));
      },
      version: options.version,
    },
    {
      secret: await loadServerSecret(files.stateDir),
      userTokenSecret: config.server.user_token_secret,
      operatorToken: config.server.operator_token,
      allowedHosts: config.server.allowed_hosts,
      allowedOrigins: config.server.allowed_origins,
      inspect: options.inspect,
      now,
      monotonicMs: () => performance.now(),
      newId: randomUUID,
      logger,
      limits: limitsOf(config),
      trustedProxies: config.server.trust_proxy,
      widgetFolder: options.widgetFolder ?? fileURLToPath(new URL('widget', import.meta.url)),
    },
  );
  const listening = await listen(handler, { port: config.server.port, host: config.server.host });
  const ticking = setInterval(() => void tick(running, logger, now), 1000);
  return {
    ...listening,
    async [Symbol.asyncDispose]() {
      clearInterval(ticking);
      await listening[Symbol.asyncDispose]();
    },
  };
}

function limitsOf({ server: { limits }, limits: { message } }: Config): Partial<ServerLimits> {
  return {
    maxTextLength: message,
    maxBodyBytes: limits.body,
    requestsPerAddress: limits.requests_per_address,
    conversationsPerAddress: limits.conversations_per_address,
    messagesPerConversation: limits.messages_per_conversation,
    streams: limits.streams,
    streamsPerAddress: limits.streams_per_address,
    streamsPerConversation: limits.streams_per_conversation,
  };
}

async function tick({ engine, store, bot }: RunningBot, logger: Logger, now: () => number): Promise<void> {
  try {
    await engine.runDue();
    const { retention } = bot.config.privacy;
    if (retention !== undefined) await store.forgetIdleSince(now() - retention);
  } catch (error) {
    logger.error({ error }, 'What is due could not be done; it is tried again in a second');
  }
}
