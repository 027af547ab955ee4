import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const forget: Command = {
  name: 'forget',
  summary: 'Delete a conversation and all that belongs to it.',
  arguments: [{ name: '<conversation>', description: "The conversation's id." }],
  options: [botOption],
  examples: [{ line: 'usher forget web:8c1d', does: 'Deletes its messages, slots, traces and timers.' }],

  async run(invocation, context) {
    const { runForget } = await import('../run-forget.ts');
    await runForget(invocation.arguments[0] ?? '', filesOf(invocation, context), context);
    return ExitCode.ok;
  },
};
