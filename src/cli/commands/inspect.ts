import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const inspect: Command = {
  name: 'inspect',
  summary: "Show a conversation's state, events and traces; without one, list them.",
  arguments: [{ name: '[conversation]', description: "A conversation's id, or the end of one." }],
  options: [botOption, { flags: '--json', description: 'Print one JSON value.' }],
  examples: [
    { line: 'usher inspect', does: 'Lists the conversations, the most recent first.' },
    { line: 'usher inspect terminal:7f3a', does: 'Shows what was said, understood, run and decided in it.' },
  ],

  async run(invocation, context) {
    const { runInspect } = await import('../run-inspect.ts');
    await runInspect(
      invocation.arguments[0],
      invocation.options['json'] === true,
      filesOf(invocation, context),
      context,
    );
    return ExitCode.ok;
  },
};
