import { readdirSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { readBotFiles, type BotFiles } from '../bot/bot-files.ts';
import type { CommandContext } from './command.ts';
import { renderError } from './render-error.ts';
import { systemFault } from './system-fault.ts';

const settledAfterMs = 200;
const ignored: ReadonlySet<string> = new Set(['.usher', 'node_modules', '.git', 'dist']);

/** Tells of changes to a bot's files, once they have settled; one at a time. */
export function watchBot(
  { botDir }: BotFiles,
  { env, terminal }: CommandContext,
  onChange: (files: BotFiles) => Promise<void>,
): AsyncDisposable {
  let pending: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const tell = async (): Promise<void> => {
    try {
      await onChange(readBotFiles(botDir, env['USHER_STATE']));
    } catch (error) {
      terminal.err(renderError(systemFault(error), terminal.colours));
    }
  };
  const settled = (): void => {
    // Folders may have come and gone. What changes from here on is heard; what changed before is read below.
    const before = watchers;
    watchers = watchFolders(botDir, heard);
    for (const watcher of before) watcher.close();
    working = working.then(tell);
  };
  const heard = (): void => {
    clearTimeout(pending);
    pending = setTimeout(settled, settledAfterMs);
  };
  let watchers = watchFolders(botDir, heard);
  return {
    async [Symbol.asyncDispose]() {
      clearTimeout(pending);
      for (const watcher of watchers) watcher.close();
      await working;
    },
  };
}

/** Each folder by itself: on Linux, Node's recursive watching loses a file that an editor replaces by another of its name. */
function watchFolders(root: string, heard: () => void): readonly FSWatcher[] {
  return foldersOf(root).flatMap((folder) => {
    try {
      const watcher = watch(folder, (_, name) => {
        if (name === null || !ignored.has(name)) heard();
      });
      return [watcher.on('error', heard)];
    } catch {
      // It went while it was listed, and the folder that holds it says so.
      return [];
    }
  });
}

function foldersOf(root: string): readonly string[] {
  try {
    const inside = readdirSync(root, { withFileTypes: true });
    const folders = inside.filter((entry) => entry.isDirectory() && !ignored.has(entry.name));
    return [root, ...folders.flatMap(({ name }) => foldersOf(join(root, name)))];
  } catch {
    return [];
  }
}
