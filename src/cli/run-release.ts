import type { BotFiles } from '../bot/bot-files.ts';
import { loadBot } from '../bot/load-bot.ts';
import { openBot } from '../compose.ts';
import type { CommandContext } from './command.ts';
import { ensureModel } from './ensure-model.ts';

/** Gives a conversation back to the bot. @throws EngineError `CONVERSATION_NOT_FOUND`. */
export async function runRelease(id: string, files: BotFiles, context: CommandContext): Promise<void> {
  const bot = await loadBot(files, context.env);
  await ensureModel(bot, context);
  await using running = await openBot(bot, { environment: context.env, now: context.clock });
  const { messages } = await running.engine.release(id, 'operator');
  for (const { text } of messages) context.terminal.out(text);
  context.terminal.err('The bot answers in this conversation again.');
}
