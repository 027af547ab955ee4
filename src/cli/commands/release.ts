import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const release: Command = {
  name: 'release',
  summary: 'Give a handed-over conversation back to the bot.',
  arguments: [{ name: '<conversation>', description: "The conversation's id." }],
  options: [botOption],
  examples: [{ line: 'usher release web:8c1d', does: 'The bot answers in it again.' }],

  async run(invocation, context) {
    const { loadBot } = await import('../../bot/load-bot.ts');
    const { ensureModel } = await import('../ensure-model.ts');
    const { openBot } = await import('../../compose.ts');
    const bot = await loadBot(filesOf(invocation, context), context.env);
    await ensureModel(bot, context);
    await using running = await openBot(bot, { environment: context.env });
    const { messages } = await running.engine.release(invocation.arguments[0] ?? '', 'operator');
    for (const { text } of messages) context.terminal.out(text);
    context.terminal.err('The bot answers in this conversation again.');
    return ExitCode.ok;
  },
};
