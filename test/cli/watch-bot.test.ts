import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBotFiles } from '../../src/bot/bot-files.ts';
import { watchBot } from '../../src/cli/watch-bot.ts';
import { temporaryFolder } from '../engine/small-bot.ts';
import { commandContext, createMemoryTerminal } from './memory-terminal.ts';

test('each way in which an editor saves a file is heard, again and again', async () => {
  using folder = temporaryFolder();
  const flows = join(folder.path, 'flows');
  const file = join(flows, 'one.yml');
  const later = join(folder.path, 'knowledge', 'en', 'late.md');
  mkdirSync(flows);
  writeFileSync(join(folder.path, 'usher.yml'), '');
  writeFileSync(file, 'first');
  const terminal = createMemoryTerminal();
  let seen = '';
  await using _watcher = watchBot(
    readBotFiles(folder.path, undefined),
    commandContext(terminal),
    ({ flows: [flow], knowledge: [article] }) => {
      seen = `${flow?.text ?? 'nothing'} ${article?.text ?? ''}`.trim();
      return seen === 'a fault' ? Promise.reject(new Error('of the bot')) : Promise.resolve();
    },
  );
  const replace = (text: string): void => {
    writeFileSync(`${file}~`, text);
    renameSync(`${file}~`, file);
  };
  const ways: readonly (readonly [string, () => void])[] = [
    ['written', () => writeFileSync(file, 'written')],
    ['replaced', () => replace('replaced')],
    ['replaced again', () => replace('replaced again')],
    ['a fault', () => replace('a fault')],
    ['written after that', () => writeFileSync(file, 'written after that')],
    ['nothing', () => rmSync(flows, { recursive: true })],
    [
      'back',
      () => {
        mkdirSync(flows);
        writeFileSync(file, 'back');
      },
    ],
    [
      'back late',
      () => {
        mkdirSync(join(later, '..'), { recursive: true });
        writeFileSync(later, 'late');
      },
    ],
    ['back later', () => writeFileSync(later, 'later')],
  ];
  for (const [text, save] of ways) {
    save();
    await expect.poll(() => seen, { timeout: 5_000 }).toBe(text);
  }
  expect(terminal.stderr()).toContain('of the bot');
}, 30_000);
