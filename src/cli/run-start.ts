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

/** What is open while a bot is served. */
interface Served {
  readonly running: RunningBot;
  readonly listening: Listening;
}

/** Serves a bot until it is told to stop. @throws EngineError `MODEL_MISSING`, `PORT_TAKEN`. */
export async function runStart(
  invocation: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<void> {
  const { terminal, env, signal } = context;
  const logger = createLogger(env['USHER_LOG']);
  const open = (from: BotFiles): Promise<RunningBot> => openRunning(invocation, from, context, logger);
  const listen = (running: RunningBot): Promise<Served> => listenFor(running, invocation, context, logger);
  let served: Served | undefined;
  const opening = open(files)
    .then(listen)
    .then((first) => (served = first));
  const reload = async (changed: BotFiles): Promise<void> => {
    await opening;
    try {
      const next = await open(changed);
      if (served) await close(served);
      served = undefined;
      served = await listen(next);
      terminal.err(`Reloaded; answers on ${served.listening.url}`);
    } catch (error) {
      terminal.err(renderError(error, terminal.colours));
      terminal.err(served ? 'The bot goes on as it was.' : 'Nothing is served until a file changes again.');
    }
  };
  try {
    // Watched from the beginning: what changes while the bot is opened counts too.
    await using _watcher =
      invocation.options['watch'] === true ? watchBot(files, context, reload) : undefined;
    const { running, listening } = await opening;
    terminal.err(`${running.bot.config.name} answers on ${listening.url}`);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    if (served) await close(served);
  }
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
): Promise<Served> {
  try {
    const listening = await serveBot(running, serverChannels(running.bot, clock), {
      version,
      logger,
      now: clock,
      inspect: options['inspect'] === true ? 'open' : 'token',
    });
    return { running, listening };
  } catch (error) {
    await running[Symbol.asyncDispose]();
    throw error;
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
