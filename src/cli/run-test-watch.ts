import type { BotFiles } from '../bot/bot-files.ts';
import { EngineError } from '../errors.ts';
import { ExitCode, type CommandContext, type Invocation } from './command.ts';
import { renderError } from './render-error.ts';
import { runTest } from './run-test.ts';
import { watchBot } from './watch-bot.ts';

/** Plays the golden dialogues now and after every change, until Ctrl-C. A faulty file is reported, and waited on. */
export async function runTestWatch(
  invocation: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, signal } = context;
  const play = async (changed: BotFiles): Promise<void> => {
    try {
      await runTest(invocation, changed, context);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      terminal.err(renderError(error, terminal.colours));
    }
    terminal.out(terminal.colours.dim('Waiting for a change; Ctrl-C ends.'));
  };
  await play(files);
  await using _watcher = watchBot(files, context, play);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
  return ExitCode.ok;
}
