import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ExitCode } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { commandContext, createMemoryTerminal } from './memory-terminal.ts';

async function evaluate(...line: readonly string[]) {
  const terminal = createMemoryTerminal();
  const readText = (path: string): string | undefined =>
    existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const code = await runCli(['evaluate', ...line], commands, commandContext(terminal, { readText }));
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

// docs/accuracy.md: what the shop's articles are found by.
test('the questions of the shop, which words alone find seldom, find their article by meaning, or silence', async () => {
  const { code, stdout } = await evaluate('--knowledge', 'test/knowledge/questions.jsonl', '--json');
  const { scores, byLocale, wordsAlone } = JSON.parse(stdout) as Record<string, Record<string, number>>;

  expect(code).toBe(ExitCode.ok);
  expect(scores?.['answerable']).toBeGreaterThanOrEqual(120);
  expect(scores?.['unanswerable']).toBeGreaterThanOrEqual(30);
  expect(Object.keys(byLocale ?? {})).toEqual(['en', 'zh']);
  expect(wordsAlone?.['hitAt1']).toBeLessThanOrEqual(0.35);
  expect(scores?.['hitAt1']).toBeGreaterThanOrEqual(0.65);
  expect(scores?.['rightlySilent']).toBeGreaterThanOrEqual(0.8);
});

test('no question that a figure is reported on was fitted on', () => {
  const questionsOf = (file: string): string[] =>
    readFileSync(`test/knowledge/${file}`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { question: string }).question.toLowerCase());
  const fitted = new Set(questionsOf('fitting.jsonl'));
  expect(questionsOf('questions.jsonl').filter((question) => fitted.has(question))).toEqual([]);
});

test.each([
  ['a file that is not there', 'nowhere.jsonl', 'nowhere.jsonl cannot be read'],
  ['a file of something else', 'package.json', 'package.json:1 is no question'],
])('%s is an error with the fix', async (_, file, message) => {
  const { code, stderr } = await evaluate('--knowledge', file, '--encoder', 'none');
  expect(code).not.toBe(ExitCode.ok);
  expect(stderr).toContain(message);
});
