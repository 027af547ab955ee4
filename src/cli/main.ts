#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { commands } from './commands.ts';
import { createNodeTerminal } from './node-terminal.ts';
import { runCli } from './run-cli.ts';

const { stdin, stdout, stderr, env, argv } = process;
const clock = (): number => Date.now();
const colour = env['NO_COLOR'] === undefined && (stdout.isTTY || env['FORCE_COLOR'] !== undefined);
const terminal = createNodeTerminal({ input: stdin, output: stdout, error: stderr, colour, clock });

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => interruption.abort(new DOMException(`Stopped by ${signal}.`, 'AbortError')));
}
// A reader that went away (`usher … | head`) is no fault.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(argv.slice(2), commands, {
  terminal,
  cwd: process.cwd(),
  env,
  clock,
  readText,
  version: readVersion(),
  signal: interruption.signal,
});

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readVersion(): string {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
