import { once } from 'node:events';
import type { BotFiles } from '../bot/bot-files.ts';
import { loadBot } from '../bot/load-bot.ts';
import { modelState } from '../bot/train-bot.ts';
import { openBot, type RunningBot } from '../compose.ts';
import { serveBot, serverChannels } from '../compose-server.ts';
import { EngineError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Listening } from '../server/listen.ts';
import type { CommandContext, Invocation } from './command.ts';
import { createLogger } from './create-logger.ts';
import { ensureModel } from './ensure-model.ts';
import { renderError } from './render-error.ts';
import { watchBot } from './watch-bot.ts';

/** What is open while a bot is served; both change when its files do. */
interface Served {
  running: RunningBot;
  listening: Listening;
}

/** Serves a bot until it is told to stop. @throws EngineError `MODEL_MISSING`, `PORT_TAKEN`. */
export async function runStart(
  invocation: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<void> {
  const { terminal, env, signal } = context;
  const logger = createLogger(env['USHER_LOG']);
  const opening = openServed(invocation, files, context, logger);
  const reload = async (changed: BotFiles): Promise<void> =>
    replace(await opening, changed, invocation, context, logger);
  // Watched from the beginning: what changes while the bot is opened counts too.
  await using _watcher = invocation.options['watch'] === true ? watchBot(files, context, reload) : undefined;
  const served = await opening;
  terminal.err(`${served.running.bot.config.name} answers on ${served.listening.url}`);
  try {
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await close(served);
  }
}

async function openServed(
  invocation: Invocation,
  files: BotFiles,
  context: CommandContext,
  logger: Logger,
): Promise<Served> {
  const running = await openRunning(invocation, files, context, logger);
  return { running, listening: await listenFor(running, invocation, context, logger) };
}

async function openRunning(
  { options }: Invocation,
  files: BotFiles,
  context: CommandContext,
  logger: Logger,
): Promise<RunningBot> {
  const { env, clock } = context;
  const port = options['port'];
  const bot = await loadBot(files, typeof port === 'string' ? { ...env, PORT: port } : env);
  if (options['watch'] === true) await ensureModel(bot, context);
  else refuseStale(modelState(bot).kind);
  return openBot(bot, { environment: env, channels: serverChannels(bot, clock), now: clock, logger });
}

async function listenFor(
  running: RunningBot,
  { options }: Invocation,
  { version, clock }: CommandContext,
  logger: Logger,
): Promise<Listening> {
  try {
    return await serveBot(running, serverChannels(running.bot, clock), {
      version,
      logger,
      now: clock,
      inspect: options['inspect'] === true ? 'open' : 'token',
    });
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw error;
  }
}

/** Puts the changed bot in the place of the served one; one that does not load leaves the old one answering. */
async function replace(
  served: Served,
  files: BotFiles,
  invocation: Invocation,
  context: CommandContext,
  logger: Logger,
): Promise<void> {
  const { terminal } = context;
  try {
    const next = await openRunning(invocation, files, context, logger);
    await close(served);
    served.running = next;
    served.listening = await listenFor(next, invocation, context, logger);
    terminal.err(`Reloaded; answers on ${served.listening.url}`);
  } catch (error) {
    terminal.err(renderError(error, terminal.colours));
    terminal.err('The bot goes on as it was.');
  }
}

/** First nothing more comes in, then what is under way is answered. */
async function close({ listening, running }: Served): Promise<void> {
  await listening[Symbol.asyncDispose]();
  await running[Symbol.asyncDispose]();
}

function refuseStale(kind: 'fresh' | 'stale' | 'missing'): void {
  if (kind === 'fresh') return;
  const message =
    kind === 'missing'
      ? 'The bot was never trained.'
      : "The bot's files changed since its model was trained.";
  throw new EngineError('MODEL_MISSING', message, { fix: 'Run `usher train`, and start again.' });
}
