import { resolve } from 'node:path';
import { readBotFiles, type BotFiles } from '../bot/bot-files.ts';
import type { CommandContext, CommandOption, Invocation } from './command.ts';

/** The option that every command about a bot takes. */
export const botOption: CommandOption = {
  flags: '--bot <dir>',
  description: "The bot's folder.",
  default: '.',
};

export function filesOf({ options }: Invocation, { cwd, env }: CommandContext): BotFiles {
  return readBotFiles(resolve(cwd, String(options['bot'] ?? '.')), env['USHER_STATE']);
}
