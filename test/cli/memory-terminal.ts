import type { CommandContext } from '../../src/cli/command.ts';
import type { Terminal } from '../../src/cli/terminal.ts';

export interface MemoryTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** A terminal without a process: what is typed is given, what is shown is kept. */
export function createMemoryTerminal(typed: readonly string[] = []): MemoryTerminal {
  let stdout = '';
  let stderr = '';
  const plain = (text: string): string => text;
  return {
    out: (text) => void (stdout += `${text}\n`),
    err: (text) => void (stderr += `${text}\n`),
    write: (text) => void (stdout += text),
    // eslint-disable-next-line @typescript-eslint/require-await
    async *lines() {
      yield* typed;
    },
    interactive: false,
    width: 100,
    colours: { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, blue: plain, cyan: plain },
    progress: () => ({ update: () => undefined, done: (message) => void (stderr += `${message}\n`) }),
    stdout: () => stdout,
    stderr: () => stderr,
  };
}

export function commandContext(terminal: Terminal, over: Partial<CommandContext> = {}): CommandContext {
  return {
    terminal,
    cwd: process.cwd(),
    env: {},
    clock: () => 0,
    readText: () => undefined,
    version: '1.2.3',
    signal: new AbortController().signal,
    ...over,
  };
}
