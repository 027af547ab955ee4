import type { BotFiles } from '../../bot/bot-files.ts';
import { botOption, filesOf } from '../bot-option.ts';
import type { Command, CommandContext, ExitCode, Invocation } from '../command.ts';

export const test: Command = {
  name: 'test',
  summary: 'Play the golden dialogues in test/conversations.',
  description:
    'Plays each dialogue in a conversation, a store and a state folder of its own, and holds what happens against what is written. Trains first when the files changed. The last line says how many of the transitions of the flows they take. docs/testing.md has the format.',
  options: [
    botOption,
    { flags: '--only <text>', description: 'Only dialogues whose name or file contains this.' },
    { flags: '--coverage', description: 'List the transitions and repairs that no dialogue takes.' },
    {
      flags: '--generate',
      description: 'Write dialogues that take every transition and make every repair at every question.',
    },
    {
      flags: '--out <dir>',
      description: 'Where --generate and --from write; a folder in test/conversations when absent.',
    },
    {
      flags: '--mutate',
      description: 'Put one fault at a time into the flows, and list those that no dialogue notices.',
    },
    { flags: '--max <n>', description: 'At most this many mutants, spread over all.' },
    { flags: '--from <conversation>', description: 'Make a golden dialogue of a real conversation.' },
    { flags: '-w, --watch', description: 'Play them again whenever a file of the bot changes.' },
    { flags: '--json', description: 'Print one JSON object.' },
  ],
  examples: [
    { line: 'usher test', does: 'Plays them all; exits with 1 when one fails.' },
    { line: 'usher test --only refund', does: 'Plays those about refunds.' },
    { line: 'usher test --coverage', does: 'Lists what no dialogue takes, by file and line.' },
    { line: 'usher test --generate', does: 'Writes what is missing to test/conversations/generated.' },
    {
      line: 'usher test --mutate --max 100',
      does: 'Tries a hundred faults; exits with 1 below 95 % noticed.',
    },
    { line: 'usher test --from web:4711', does: 'Writes that conversation down as a test.' },
    { line: 'usher test --watch', does: 'Plays them again after every change.' },
  ],

  async run(invocation, context) {
    const run = await chooseRun(invocation);
    return run(invocation, filesOf(invocation, context), context);
  },
};

async function chooseRun({ options }: Invocation): Promise<TestRun> {
  if (options['generate'] === true) return (await import('../run-generate-tests.ts')).runGenerateTests;
  if (options['mutate'] === true) return (await import('../run-mutate.ts')).runMutate;
  if (typeof options['from'] === 'string') return (await import('../run-test-from.ts')).runTestFrom;
  if (options['watch'] === true) return (await import('../run-test-watch.ts')).runTestWatch;
  return (await import('../run-test.ts')).runTest;
}

type TestRun = (invocation: Invocation, files: BotFiles, context: CommandContext) => Promise<ExitCode>;
