import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const say: Command = {
  name: 'say',
  summary: 'Show what one message is understood as, and why.',
  description: 'Reads <text> as the first message of a conversation. Nothing is run and nothing is stored.',
  arguments: [{ name: '<text>', description: 'What a customer might type.' }],
  options: [
    botOption,
    { flags: '--no-shortcut', description: 'Ask the encoder also where the n-grams are sure.' },
    { flags: '--json', description: 'Print one JSON object: understanding and readings.' },
  ],
  examples: [
    {
      line: 'usher say "where is my order AB123456?"',
      does: 'Shows intents with probabilities, entities, articles, and the reading that won.',
    },
  ],

  async run(invocation, context) {
    const { loadBot } = await import('../../bot/load-bot.ts');
    const { ensureModel } = await import('../ensure-model.ts');
    const { understandOnce } = await import('../../compose-once.ts');
    const { renderReadings, renderUnderstanding } = await import('../render-understanding.ts');
    const { terminal, clock, env } = context;
    const bot = await loadBot(filesOf(invocation, context), env);
    await ensureModel(bot, context);
    const found = await understandOnce(bot, invocation.arguments[0] ?? '', clock(), {
      shortcut: invocation.options['shortcut'] !== false,
    });
    if (invocation.options['json'] === true) terminal.out(JSON.stringify(found, undefined, 2));
    else {
      terminal.out(renderUnderstanding(found.understanding, terminal.colours));
      terminal.out(renderReadings(found.readings, terminal.colours));
    }
    return ExitCode.ok;
  },
};
