import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ExitCode } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { commandContext, createMemoryTerminal } from './memory-terminal.ts';

let bot: string;
const settings = '# Ours.\nname: Mini\nlocales: [en]\n\nunderstanding:\n  wrong_cost: 2 # dear\n';

beforeEach(async () => {
  bot = await mkdtemp(join(tmpdir(), 'usher-encoder-'));
  await writeFile(join(bot, 'usher.yml'), settings);
});
afterEach(() => rm(bot, { recursive: true }));

async function encoder(...line: readonly string[]) {
  const terminal = createMemoryTerminal();
  const code = await runCli(['encoder', ...line], commands, commandContext(terminal, { cwd: bot }));
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test.each(['none', 'bundled'])('%s is written into the settings, which stay as they are', async (name) => {
  const { code, stdout } = await encoder('use', name);
  expect(code).toBe(ExitCode.ok);
  expect(stdout).toContain('usher train');
  expect(await readFile(join(bot, 'usher.yml'), 'utf8')).toBe(`${settings}  encoder: ${name}\n`);
});

test('a folder that holds no encoder is refused, and the settings stay', async () => {
  const { code, stderr } = await encoder('use', '.');
  expect(code).not.toBe(ExitCode.ok);
  expect(stderr).toContain('holds no encoder');
  expect(await readFile(join(bot, 'usher.yml'), 'utf8')).toBe(settings);
});

test('another verb is a mistake of usage', async () => {
  expect((await encoder('choose', 'none')).code).toBe(ExitCode.usage);
});
