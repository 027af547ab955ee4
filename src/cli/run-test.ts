import type { BotFiles } from '../bot/bot-files.ts';
import { loadBot, type Bot } from '../bot/load-bot.ts';
import { EngineError } from '../errors.ts';
import { keepCoverage } from '../testing/coverage/coverage-record.ts';
import { measureCoverage, type Coverage } from '../testing/coverage/measure-coverage.ts';
import { createTestSessions, type TestSessions } from '../testing/create-test-sessions.ts';
import type { GoldenDialogue } from '../testing/golden-dialogue.ts';
import { parseGolden } from '../testing/parse-golden.ts';
import { runGolden, type GoldenResult } from '../testing/run-golden.ts';
import { ExitCode, type CommandContext, type Invocation } from './command.ts';
import { ensureModel } from './ensure-model.ts';
import { coverageJson, renderCoverage, renderUncovered } from './render-coverage.ts';
import { renderFailure } from './render-golden.ts';

/** Plays a bot's golden dialogues and reports on them. */
export async function runTest(
  { options }: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<ExitCode> {
  const dialogues = readDialogues(files, options['only']);
  const bot = await openBot(files, context);
  await using sessions = await testSessions(bot, context);
  const results = await playAll(dialogues, sessions, context);
  const isWhole = options['only'] === undefined;
  const coverage =
    isWhole || options['coverage'] === true ? measureCoverage(bot.program, results, bot.files) : undefined;
  if (coverage && isWhole) await keepCoverage(files, coverage);
  report(results, coverage, { json: options['json'] === true, list: options['coverage'] === true }, context);
  return results.every(({ passed }) => passed) ? ExitCode.ok : ExitCode.failed;
}

/** Loads a bot and the model it needs. */
export async function openBot(files: BotFiles, context: CommandContext): Promise<Bot> {
  const bot = await loadBot(files, context.env);
  await ensureModel(bot, context);
  return bot;
}

/** Sessions on a clock that stands still while the command runs. */
export function testSessions(bot: Bot, { env, clock }: CommandContext): Promise<TestSessions> {
  const startedAt = clock();
  return createTestSessions(bot, { environment: env, now: () => startedAt });
}

export async function playAll(
  dialogues: readonly GoldenDialogue[],
  sessions: TestSessions,
  { signal }: CommandContext,
): Promise<readonly GoldenResult[]> {
  const results: GoldenResult[] = [];
  for (const dialogue of dialogues) {
    signal.throwIfAborted();
    results.push(await runGolden(dialogue, sessions.open));
  }
  return results;
}

/**
 * Reads a bot's golden dialogues.
 *
 * @param only - Those whose file or name contains this; all when absent.
 * @throws EngineError `DATA_INVALID` with every finding; `USAGE` when there is none.
 */
export function readDialogues(
  { tests }: BotFiles,
  only: string | boolean | undefined,
): readonly GoldenDialogue[] {
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
  throw all.length === 0
    ? new EngineError('USAGE', 'There is no golden dialogue in test/conversations.', {
        fix: 'Write one, or have them written: `usher test --generate`.',
      })
    : new EngineError('USAGE', `No dialogue matches "${String(only)}".`, { fix: 'See docs/testing.md.' });
}

function report(
  results: readonly GoldenResult[],
  coverage: Coverage | undefined,
  { json, list }: { readonly json: boolean; readonly list: boolean },
  { terminal }: CommandContext,
): void {
  const failed = results.filter(({ passed }) => !passed);
  if (json) {
    const cases = results.map(caseJson);
    const counts = { passed: results.length - failed.length, failed: failed.length };
    const measured = coverage && { coverage: coverageJson(coverage) };
    terminal.out(JSON.stringify({ ...counts, ...measured, cases }, undefined, 2));
    return;
  }
  for (const result of failed) terminal.out(`${renderFailure(result, terminal.colours)}\n`);
  if (coverage && list) terminal.out(renderUncovered(coverage, terminal.colours));
  const turns = results.reduce((sum, result) => sum + result.turns.length, 0);
  const { green, red } = terminal.colours;
  terminal.out(
    failed.length === 0
      ? green(`${results.length} dialogues, ${turns} turns: all as written.`)
      : red(`${failed.length} of ${results.length} dialogues went another way.`),
  );
  if (coverage) terminal.out(renderCoverage(coverage, list));
}

function caseJson({ dialogue, passed, turns }: GoldenResult): object {
  return {
    name: dialogue.name,
    file: dialogue.position.file,
    line: dialogue.position.line,
    generated: dialogue.generated,
    passed,
    failures: turns.flatMap(({ failures }) =>
      failures.map(({ message, expectation }) => ({ message, line: expectation.position.line })),
    ),
  };
}
