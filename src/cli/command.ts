import type { Terminal } from './terminal.ts';

/** What a process ends with; documented in `docs/cli.md`, pinned by `test/pins`. */
export const ExitCode = {
  ok: 0,
  /** What was asked for was tried, and the answer is no: a check found errors, a test failed, a bar was missed. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** A file of the bot is wrong; the error says where. */
  invalidBot: 3,
  /** The machine is in the way: disk full or read-only, port taken, server unreachable. */
  environment: 4,
  /** A fault of ours. */
  internal: 70,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface CommandOption {
  /** As commander reads them, e.g. `--out <file>`, `-w, --watch`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string | undefined;
}

export interface CommandArgument {
  /** As commander reads them: `<required>`, `[optional]`, `[many...]`. */
  readonly name: string;
  readonly description: string;
}

/** What the person typed after the command's name. */
export interface Invocation {
  /** Positional arguments in order; a missing optional one is absent. */
  readonly arguments: readonly string[];
  /** By long name in camelCase: a string for options with a value, `true` or `false` for flags. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** All that a command may touch of the world besides the bot it opens. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: () => number;
  /** A text file's content; `undefined` when it cannot be read. */
  readonly readText: (path: string) => string | undefined;
  /** The engine's own. */
  readonly version: string;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** One sub-command of `usher`. Loading its file must be cheap: heavy imports belong inside `run`. */
export interface Command {
  readonly name: string;
  /** One sentence for the list of commands. */
  readonly summary: string;
  /** What it does, reads and writes, for its own `--help`. */
  readonly description?: string;
  readonly arguments?: readonly CommandArgument[];
  readonly options?: readonly CommandOption[];
  /** Command lines with what they do, shown at the end of `--help`. */
  readonly examples?: readonly { readonly line: string; readonly does: string }[];
  /** Left out of the list of commands. */
  readonly hidden?: boolean;
  run(invocation: Invocation, context: CommandContext): Promise<ExitCode>;
}
