import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ExitCode } from '../../src/cli/command.ts';
import { exitCodes } from '../../src/cli/exit-codes.ts';

test('exit codes are what scripts rely on', () => {
  expect(ExitCode).toEqual({
    ok: 0,
    failed: 1,
    usage: 2,
    invalidBot: 3,
    environment: 4,
    internal: 70,
    interrupted: 130,
  });
});

test('each exit code is documented', () => {
  const page = readFileSync('docs/cli.md', 'utf8');
  for (const code of Object.values(ExitCode)) expect(page).toContain(`| ${code} |`);
});

test('each error ends the process as scripts rely on', () => {
  expect(exitCodes).toMatchSnapshot();
});
