import { resolve } from 'node:path';
import { Command as Commander, CommanderError } from 'commander';
import { ExitCode, type Command, type CommandContext } from './command.ts';
import { exitCodeOf } from './exit-codes.ts';
import { renderError } from './render-error.ts';
import { systemFault } from './system-fault.ts';

/** Runs one command line in this process. Never throws: every fault is printed, and becomes an exit code. */
export async function runCli(
  line: readonly string[],
  commands: readonly Command[],
  context: CommandContext,
): Promise<ExitCode> {
  let outcome: ExitCode = ExitCode.ok;
  let botDir = '.';
  const program = createProgram(context);
  for (const command of commands) {
    register(program, command, async (given) => {
      botDir = typeof given.options['bot'] === 'string' ? given.options['bot'] : '.';
      outcome = await command.run(given, context);
    });
  }
  try {
    await program.parseAsync([...line], { from: 'user' });
    return outcome;
  } catch (thrown) {
    const error = systemFault(thrown);
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
    if (context.signal.aborted && error === context.signal.reason) return ExitCode.interrupted;
    context.terminal.err(
      renderError(error, context.terminal.colours, (file) =>
        context.readText(resolve(context.cwd, botDir, file))?.split('\n'),
      ),
    );
    return exitCodeOf(error);
  }
}

function createProgram({ terminal, version }: CommandContext): Commander {
  return new Commander('usher')
    .description('A conversation engine for customer service: author flows, train, chat, test, serve.')
    .version(version, '-V, --version', 'Print the version.')
    .helpOption('-h, --help', 'Teach a command.')
    .helpCommand('help [command]', 'Teach a command.')
    .showHelpAfterError('Try `usher --help`.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.replace(/\n$/, '')),
      writeErr: (text) => terminal.err(text.replace(/\n$/, '')),
      getOutHelpWidth: () => terminal.width,
      getErrHelpWidth: () => terminal.width,
    })
    .addHelpText(
      'after',
      '\nA bot is a folder of text files; each command works on the one it stands in, or on `--bot <dir>`.\nStart here: usher init mybot && cd mybot && npm install && npx usher chat',
    );
}

function register(
  program: Commander,
  command: Command,
  run: (given: {
    arguments: readonly string[];
    options: Record<string, string | boolean | undefined>;
  }) => Promise<void>,
): void {
  const sub = program.command(command.name, { hidden: command.hidden ?? false }).summary(command.summary);
  sub.description(command.description ?? command.summary).helpOption('-h, --help', 'Teach this command.');
  for (const argument of command.arguments ?? []) sub.argument(argument.name, argument.description);
  for (const option of command.options ?? []) sub.option(option.flags, option.description, option.default);
  const examples = (command.examples ?? []).map(({ line, does }) => `  ${line}\n      ${does}`);
  if (examples.length > 0) sub.addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
  sub.action(async (...given: unknown[]) => {
    const positional = given
      .slice(0, -2)
      .flat()
      .filter((value): value is string => typeof value === 'string');
    await run({ arguments: positional, options: sub.opts<Record<string, string | boolean | undefined>>() });
  });
}
