import type { BotFiles } from '../bot/bot-files.ts';
import { loadBot } from '../bot/load-bot.ts';
import { EngineError } from '../errors.ts';
import { createTestSessions } from '../testing/create-test-sessions.ts';
import type { GoldenDialogue } from '../testing/golden-dialogue.ts';
import { parseGolden } from '../testing/parse-golden.ts';
import { runGolden, type GoldenResult } from '../testing/run-golden.ts';
import { ExitCode, type CommandContext, type Invocation } from './command.ts';
import { ensureModel } from './ensure-model.ts';
import { renderFailure } from './render-golden.ts';

/** Plays a bot's golden dialogues and reports on them. */
export async function runTest(
  { options }: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<ExitCode> {
  const dialogues = readDialogues(files, options['only']);
  const bot = await loadBot(files, context.env);
  await ensureModel(bot, context);
  const results: GoldenResult[] = [];
  await using sessions = await createTestSessions(bot, { environment: context.env, now: context.clock });
  for (const dialogue of dialogues) {
    context.signal.throwIfAborted();
    results.push(await runGolden(dialogue, sessions.open));
  }
  report(results, options['json'] === true, context);
  return results.every(({ passed }) => passed) ? ExitCode.ok : ExitCode.failed;
}

function readDialogues({ tests }: BotFiles, only: string | boolean | undefined): readonly GoldenDialogue[] {
  const parsed = tests.map(({ file, text }) => parseGolden(file, text));
  const diagnostics = parsed.flatMap((one) => one.diagnostics);
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
