import { watch } from 'node:fs';
import { readBotFiles, type BotFiles } from '../bot/bot-files.ts';
import type { CommandContext } from './command.ts';

const settledAfterMs = 200;
const ignored = /(^|[\\/])(\.usher|node_modules|\.git|dist)([\\/]|$)/;

/** Tells of changes to a bot's files, once they have settled; one at a time. */
export function watchBot(
  files: BotFiles,
  { env }: CommandContext,
  onChange: (files: BotFiles) => Promise<void>,
): AsyncDisposable {
  let pending: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const settled = (): void => {
    working = working.then(() => onChange(readBotFiles(files.botDir, env['USHER_STATE'])));
  };
  const watcher = watch(files.botDir, { recursive: true }, (_, path) => {
    if (path !== null && ignored.test(path)) return;
    clearTimeout(pending);
    pending = setTimeout(settled, settledAfterMs);
  });
  return {
    async [Symbol.asyncDispose]() {
      clearTimeout(pending);
      watcher.close();
      await working;
    },
  };
}
