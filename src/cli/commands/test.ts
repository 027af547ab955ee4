import type { GoldenResult } from '../../testing/run-golden.ts';
import type { Diagnostic } from '../../errors.ts';
import { EngineError } from '../../errors.ts';
import type { GoldenDialogue } from '../../testing/golden-dialogue.ts';
import type { BotFiles } from '../../bot/bot-files.ts';
import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command, type CommandContext } from '../command.ts';
import { renderFailure } from '../render-golden.ts';

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
    const { ensureModel } = await import('../ensure-model.ts');
    const { loadBot } = await import('../../bot/load-bot.ts');
    const { runGolden } = await import('../../testing/run-golden.ts');
    const { createTestSessions } = await import('../../testing/create-test-sessions.ts');
    const files = filesOf(invocation, context);
    const dialogues = await readDialogues(files, invocation.options['only']);
    const bot = await loadBot(files, context.env);
    await ensureModel(bot, context);

    const results: GoldenResult[] = [];
    await using sessions = await createTestSessions(bot, { environment: context.env, now: context.clock });
    for (const dialogue of dialogues) {
      context.signal.throwIfAborted();
      results.push(await runGolden(dialogue, sessions.open));
    }
    report(results, invocation.options['json'] === true, context);
    return results.every(({ passed }) => passed) ? ExitCode.ok : ExitCode.failed;
  },
};

async function readDialogues(
  { tests }: BotFiles,
  only: string | boolean | undefined,
): Promise<readonly GoldenDialogue[]> {
  const { parseGolden } = await import('../../testing/parse-golden.ts');
  const parsed = tests.map(({ file, text }) => parseGolden(file, text));
  const diagnostics: readonly Diagnostic[] = parsed.flatMap((one) => one.diagnostics);
  if (diagnostics.length > 0)
    throw new EngineError('DATA_INVALID', 'The golden dialogues are not valid.', { diagnostics });
  const all = parsed.flatMap((one) => one.dialogues);
  const wanted =
    typeof only === 'string'
      ? all.filter(({ name, position }) => `${position.file} ${name}`.includes(only))
      : all;
  if (wanted.length > 0) return wanted;
  throw new EngineError(
    'USAGE',
    all.length === 0
      ? 'There is no golden dialogue in test/conversations.'
      : `No dialogue matches "${String(only)}".`,
    {
      fix: 'See docs/testing.md.',
    },
  );
}

function report(results: readonly GoldenResult[], json: boolean, { terminal }: CommandContext): void {
  const failed = results.filter(({ passed }) => !passed);
  if (json) {
    const cases = results.map(({ dialogue, passed, turns }) => ({
      name: dialogue.name,
      file: dialogue.position.file,
      line: dialogue.position.line,
      passed,
      failures: turns.flatMap(({ failures }) =>
        failures.map(({ message, expectation }) => ({ message, line: expectation.position.line })),
      ),
    }));
    terminal.out(
      JSON.stringify({ passed: results.length - failed.length, failed: failed.length, cases }, undefined, 2),
    );
    return;
  }
  for (const result of failed) terminal.out(`${renderFailure(result, terminal.colours)}\n`);
  const turns = results.reduce((sum, result) => sum + result.turns.length, 0);
  const { green, red } = terminal.colours;
  terminal.out(
    failed.length === 0
      ? green(`${results.length} dialogues, ${turns} turns: all as written.`)
      : red(`${failed.length} of ${results.length} dialogues went another way.`),
  );
}
