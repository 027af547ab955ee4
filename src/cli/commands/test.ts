import { botOption, filesOf } from '../bot-option.ts';
import type { Command } from '../command.ts';

export const test: Command = {
  name: 'test',
  summary: 'Play the golden dialogues in test/conversations.',
  description:
    'Plays each dialogue in a conversation, a store and a state folder of its own, and holds what happens against what is written. Trains first when the files changed. docs/testing.md has the format.',
  options: [
    botOption,
    { flags: '--only <text>', description: 'Only dialogues whose name or file contains this.' },
    { flags: '--json', description: 'Print one JSON object.' },
  ],
  examples: [
    { line: 'usher test', does: 'Plays them all; exits with 1 when one fails.' },
    { line: 'usher test --only refund', does: 'Plays those about refunds.' },
  ],

  async run(invocation, context) {
    const { runTest } = await import('../run-test.ts');
    return runTest(invocation, filesOf(invocation, context), context);
  },
};
