// One life of a server under fire: node fire-server.mjs '<Life as JSON>'. Prints {"kind":"ready","port":…} once it answers,
// and ends when standard input does.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createActionRunner } from '../src/actions/create-action-runner.ts';
import { readBotFiles } from '../src/bot/bot-files.ts';
import { loadBot } from '../src/bot/load-bot.ts';
import { openBot } from '../src/compose.ts';
import { serveBot, serverChannels } from '../src/compose-server.ts';
import { createWebhookChannel } from '../src/channels/webhook-channel.ts';
import type { Engine } from '../src/engine.ts';
import { silentLogger, type Logger } from '../src/logger.ts';
import { createHandler } from '../src/server/handler.ts';
import { listen, type Listening } from '../src/server/listen.ts';
import { webChannel } from '../src/server/web-channel.ts';
import { openSmallBot } from '../test/engine/small-bot.ts';
import { fireLimits, fireSecrets, type Life } from './fire/life.ts';
import { createPayments } from './payments.ts';
import { killAt } from './serve-lines.ts';

const life = JSON.parse(process.argv[2] ?? '{}') as Life;
const logger: Logger = {
  ...silentLogger,
  error: ({ error }: { readonly error?: unknown }, message) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : '';
    process.stdout.write(`${JSON.stringify({ kind: 'error', error: `${message}: ${detail}` })}\n`);
  },
};
const kill = killAt(life.failPoint ?? '', life.failAt ?? 0);

await using listening = life.bot === 'shop' ? await serveShop() : await serveSmall();
process.stdout.write(`${JSON.stringify({ kind: 'ready', port: listening.port })}\n`);
for await (const _ of process.stdin);

async function serveSmall(): Promise<Listening> {
  const webhooks = life.replyUrl
    ? [createWebhookChannel({ secret: fireSecrets.webhook, replyUrl: life.replyUrl, fetch, now: Date.now })]
    : [];
  const bot = await openSmallBot({
    file: join(life.folder, 'store.sqlite'),
    ports: {
      channels: [webChannel, ...webhooks],
      failPoints: kill,
      clock: { now: Date.now, elapsedMs: () => performance.now() },
      actions: createActionRunner({
        implementations: { pay: createPayments(life.folder) },
        definitions: {},
        resources: undefined,
        logger,
      }),
      logger,
    },
  });
  await bot.engine.recover();
  const handler = createHandler(
    {
      name: 'Fire',
      locales: ['en'],
      engine: mortal(bot.engine),
      log: bot.store,
      channels: webhooks,
      version: '0',
    },
    {
      secret: 'the same in each life of the server',
      operatorToken: fireSecrets.operator,
      allowedHosts: [],
      allowedOrigins: [],
      inspect: 'token',
      now: Date.now,
      monotonicMs: () => performance.now(),
      newId: randomUUID,
      logger,
      limits: {
        requestsPerAddress: fireLimits.requests_per_address,
        conversationsPerAddress: fireLimits.conversations_per_address,
        messagesPerConversation: fireLimits.messages_per_conversation,
        streamsPerAddress: fireLimits.streams_per_address,
      },
      widgetFolder: '',
    },
  );
  return listen(handler, { port: life.port ?? 0, host: '127.0.0.1' });
}

async function serveShop(): Promise<Listening> {
  const loaded = await loadBot(readBotFiles(life.botFolder ?? '.', life.folder), {
    PORT: String(life.port ?? 0),
    USHER_OPERATOR_TOKEN: fireSecrets.operator,
    USHER_ENCODER: life.encoder ?? process.env['USHER_ENCODER'],
  });
  const server = { ...loaded.config.server, limits: { ...loaded.config.server.limits, ...fireLimits } };
  const webhook = life.replyUrl ? { secret: fireSecrets.webhook, reply_url: life.replyUrl } : undefined;
  const bot = { ...loaded, config: { ...loaded.config, server, channels: { webhook } } };
  const channels = serverChannels(bot, Date.now);
  const running = await openBot(bot, {
    environment: {},
    logger,
    channels,
    storeFile: join(life.folder, 'store.sqlite'),
    failPoints: kill,
  });
  return serveBot({ ...running, engine: mortal(running.engine) }, channels, {
    version: process.env['npm_package_version'] ?? '0',
    logger,
    now: Date.now,
    inspect: life.inspect ?? 'token',
    widgetFolder: life.widgetFolder,
  });
}

/** Dies where a turn is durable, and the person has not heard of it. */
function mortal(engine: Engine): Engine {
  return {
    ...engine,
    async receive(message, options) {
      const result = await engine.receive(message, options);
      kill('before_answer');
      return result;
    },
  };
}
