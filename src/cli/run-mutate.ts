import type { BotFiles } from '../bot/bot-files.ts';
import { parseFlows } from '../bot/load-bot.ts';
import { EngineError } from '../errors.ts';
import { makeMutants } from '../testing/mutate/make-mutants.ts';
import type { Mutant } from '../testing/mutate/mutant.ts';
import { runMutants, type MutantResult } from '../testing/mutate/run-mutants.ts';
import { ExitCode, type CommandContext, type Invocation } from './command.ts';
import { openBot, playAll, readDialogues, testSessions } from './run-test.ts';

/** Puts one fault at a time into a bot's flows, and looks whether the golden dialogues notice. */
export async function runMutate(
  { options }: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, signal, clock } = context;
  const dialogues = readDialogues(files, options['only']);
  const bot = await openBot(files, context);
  await using sessions = await testSessions(bot, context);
  const baseline = await playAll(dialogues, sessions, context);
  const program = await parseFlows(files, bot.config);
  const mutants = atMost(makeMutants(program), mostOf(options['max']));

  const startedAt = clock();
  const bar = terminal.progress('Mutants');
  let done = 0;
  const results = await runMutants(mutants, {
    with: sessions.with,
    baseline,
    signal,
    onResult: () => {
      done += 1;
      const leftMs = ((clock() - startedAt) / done) * (mutants.length - done);
      bar.update(done / mutants.length, `${done} of ${mutants.length}, ${Math.ceil(leftMs / 1000)} s left`);
    },
  });
  bar.done(`Played ${results.reduce((sum, { played }) => sum + played, 0)} dialogues.`);
  report(results, options['json'] === true, context);
  return scoreOf(results) >= wantedPercent ? ExitCode.ok : ExitCode.failed;
}

/** Fewer kills than this, in percent, make the command fail. */
const wantedPercent = 95;

function mostOf(given: string | boolean | undefined): number {
  if (given === undefined) return Infinity;
  const most = Number(given);
  if (Number.isInteger(most) && most > 0) return most;
  throw new EngineError('USAGE', `--max is "${String(given)}".`, {
    fix: 'Give a whole number above 0, e.g. --max 100.',
  });
}

/** A number of mutants, spread evenly over all. */
function atMost(mutants: readonly Mutant[], most: number): readonly Mutant[] {
  if (mutants.length <= most) return mutants;
  return mutants.filter(
    (_, at) => Math.floor((at * most) / mutants.length) !== Math.floor(((at - 1) * most) / mutants.length),
  );
}

/** Killed of those that could be, in percent. */
function scoreOf(results: readonly MutantResult[]): number {
  const counted = results.filter(({ verdict }) => verdict !== 'equivalent');
  const killed = counted.filter(({ verdict }) => verdict === 'killed').length;
  return counted.length === 0 ? 100 : (killed * 100) / counted.length;
}

function report(results: readonly MutantResult[], json: boolean, { terminal }: CommandContext): void {
  const count = (verdict: MutantResult['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  const counts = {
    killed: count('killed'),
    survived: count('survived'),
    equivalent: count('equivalent'),
    percent: Math.floor(scoreOf(results) * 10) / 10,
  };
  if (json) {
    terminal.out(JSON.stringify({ ...counts, mutants: results.map(resultJson) }, undefined, 2));
    return;
  }
  const { yellow, dim, green, red } = terminal.colours;
  for (const { mutant, verdict, played } of results) {
    if (verdict === 'killed') continue;
    const { file, line } = mutant.position;
    const why = verdict === 'equivalent' ? mutant.equivalent : `${played} dialogues come past it`;
    const paint = verdict === 'survived' ? yellow : dim;
    terminal.out(
      `${paint(verdict)}  ${file}:${line}  ${mutant.flow}: ${mutant.change} ${dim(`(${why ?? ''})`)}`,
    );
  }
  const summary = `${counts.killed} of ${results.length - counts.equivalent} mutants killed (${counts.percent} %), ${counts.survived} survived, ${counts.equivalent} equivalent.`;
  terminal.out(scoreOf(results) >= wantedPercent ? green(summary) : red(summary));
}

function resultJson({ mutant, verdict, by, played }: MutantResult): object {
  const { change, kind, flow, step, position, equivalent } = mutant;
  return {
    ...{ verdict, change, kind, flow, step, file: position.file, line: position.line, played },
    ...(by ? { killedBy: by.name } : {}),
    ...(equivalent === undefined ? {} : { equivalent }),
  };
}
