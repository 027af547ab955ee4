import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const release: Command = {
  name: 'release',
  summary: 'Give a handed-over conversation back to the bot.',
  arguments: [{ name: '<conversation>', description: "The conversation's id." }],
  options: [botOption],
  examples: [{ line: 'usher release web:8c1d', does: 'The bot answers in it again.' }],

  async run(invocation, context) {
    const { runRelease } = await import('../run-release.ts');
    await runRelease(invocation.arguments[0] ?? '', filesOf(invocation, context), context);
    return ExitCode.ok;
  },
};
