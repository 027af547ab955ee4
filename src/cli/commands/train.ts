import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const train: Command = {
  name: 'train',
  summary: "Train the bot's model, say what changed, and promote it.",
  description:
    'Does nothing when the promoted model was made from the files as they are. A model that loses more than understanding.allowed_loss of held-out accuracy against the promoted one is kept, but not promoted, unless --force says so.',
  options: [
    botOption,
    { flags: '--force', description: 'Train even when nothing changed, and promote whatever comes out.' },
    { flags: '--json', description: 'Print one JSON object.' },
  ],
  examples: [{ line: 'usher train', does: 'Trains and promotes; `usher models rollback` undoes it.' }],

  async run(invocation, context) {
    const { loadBot } = await import('../../bot/load-bot.ts');
    const { trainAndPromote } = await import('../ensure-model.ts');
    const { terminal, env } = context;
    const bot = await loadBot(filesOf(invocation, context), env);
    const report = await trainAndPromote(bot, context, invocation.options['force'] === true);
    if (invocation.options['json'] === true) terminal.out(JSON.stringify(report, undefined, 2));
    else terminal.out(report.text);
    return ExitCode.ok;
  },
};
