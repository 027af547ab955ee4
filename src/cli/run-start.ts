import { once } from 'node:events';
import { pino } from 'pino';
import type { BotFiles } from '../bot/bot-files.ts';
import { loadBot } from '../bot/load-bot.ts';
import { modelState } from '../bot/train-bot.ts';
import { openBot } from '../compose.ts';
import { serveBot, serverChannels } from '../compose-server.ts';
import { EngineError } from '../errors.ts';
import type { CommandContext, Invocation } from './command.ts';

/** Serves a bot until it is told to stop. @throws EngineError `MODEL_MISSING`, `PORT_TAKEN`. */
export async function runStart(
  { options }: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<void> {
  const { terminal, env, clock, signal, version } = context;
  const bot = await loadBot(
    files,
    typeof options['port'] === 'string' ? { ...env, PORT: options['port'] } : env,
  );
  refuseStale(modelState(bot).kind);
  const logger = pino({ level: env['USHER_LOG'] ?? 'info' });
  const channels = serverChannels(bot, clock);
  await using running = await openBot(bot, { environment: env, channels, now: clock, logger });
  await using listening = await serveBot(running, channels, {
    version,
    logger,
    now: clock,
    inspect: options['inspect'] === true ? 'open' : 'token',
  });
  terminal.err(`${bot.config.name} answers on ${listening.url}`);
  if (!signal.aborted) await once(signal, 'abort');
}

function refuseStale(kind: 'fresh' | 'stale' | 'missing'): void {
  if (kind === 'fresh') return;
  const message =
    kind === 'missing'
      ? 'The bot was never trained.'
      : "The bot's files changed since its model was trained.";
  throw new EngineError('MODEL_MISSING', message, { fix: 'Run `usher train`, and start again.' });
}
