import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Life } from './life.ts';

/** A server in a process of its own. Disposing of it ends it in good order. */
export interface FireServer extends AsyncDisposable {
  readonly port: number;
  readonly process: ChildProcess;
  /** What it logged as errors so far: faults of its own that an answer may hide. */
  readonly errors: readonly string[];
  /** Resolves when the process is gone, to the signal that ended it. */
  readonly ended: Promise<NodeJS.Signals | null>;
}

/**
 * Starts a life of the server.
 *
 * @param script - `scripts/fire-server.ts`, compiled.
 * @returns Once it answers, or `undefined` when it was killed before that.
 */
export async function startServer(script: string, life: Life): Promise<FireServer | undefined> {
  // So that `node --cpu-prof` tells of the server too.
  const flags = process.execArgv.filter((flag) => flag.startsWith('--cpu-prof'));
  const child = spawn(process.execPath, [...flags, script, JSON.stringify(life)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined);
  const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(signal);
      else reject(new Error(`The server ended with ${code ?? signal}.`));
    });
  });
  const errors: string[] = [];
  const ready = new Promise<number>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as { readonly port?: number; readonly error?: string };
      if (told.port !== undefined) resolve(told.port);
      if (told.error !== undefined) errors.push(told.error);
    });
  });
  const port = await Promise.race([ready, ended.then(() => undefined)]);
  if (port === undefined) return undefined;
  return {
    port,
    process: child,
    errors,
    ended,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
