import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { BotFiles } from '../bot/bot-files.ts';
import { generateDialogues } from '../testing/generate/generate-dialogues.ts';
import { generatedMark } from '../testing/generate/write-dialogues.ts';
import { ExitCode, type CommandContext, type Invocation } from './command.ts';
import { renderFailure } from './render-golden.ts';
import { openBot, playAll, readDialogues, testSessions } from './run-test.ts';

const defaultFolder = 'test/conversations/generated';

/** Writes golden dialogues for a bot's flows, and plays them. */
export async function runGenerateTests(
  { options }: Invocation,
  files: BotFiles,
  context: CommandContext,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const bot = await openBot(files, context);
  await using sessions = await testSessions(bot, context);
  const generated = await generateDialogues(bot, sessions.recognizer);
  const folder =
    typeof options['out'] === 'string' ? resolve(cwd, options['out']) : join(files.botDir, defaultFolder);
  await replaceGenerated(folder, generated.files);

  const tests = generated.files.map(({ file, text }) => ({
    file: relative(files.botDir, join(folder, file)),
    text,
  }));
  const results = await playAll(readDialogues({ ...files, tests }, undefined), sessions, context);
  const failed = results.filter(({ passed }) => !passed);
  for (const result of failed) terminal.out(`${renderFailure(result, terminal.colours)}\n`);
  for (const { name } of generated.unmet)
    terminal.err(terminal.colours.yellow(`No way was found to: ${name}.`));
  const { dialogues, turns } = generated;
  terminal.out(`Wrote ${dialogues} dialogues of ${turns} turns to ${relative(cwd, folder) || '.'}.`);
  if (failed.length === 0) return ExitCode.ok;
  terminal.out(
    terminal.colours.red(
      `${failed.length} of them do not go as the flows mean it: the bot understands something else, or does it.`,
    ),
  );
  return ExitCode.failed;
}

/** Writes the files anew; older generated ones go, files of people's own stay. */
async function replaceGenerated(
  folder: string,
  files: readonly { readonly file: string; readonly text: string }[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (!/\.ya?ml$/u.test(name)) continue;
    const text = await readFile(join(folder, name), 'utf8');
    if (text.startsWith(generatedMark)) await rm(join(folder, name));
  }
  for (const { file, text } of files) await writeFile(join(folder, file), text);
}
