import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The bots at a folder, relative to it.
 *
 * @returns `['']` when the folder is a bot, or holds none; otherwise the folders of bots right below it, sorted.
 */
export function botsIn(folder: string): readonly string[] {
  if (isBot(folder) || !existsSync(folder)) return [''];
  const below = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isBot(join(folder, entry.name)))
    .map(({ name }) => name)
    .sort();
  return below.length > 0 ? below : [''];
}

function isBot(folder: string): boolean {
  return existsSync(join(folder, 'usher.yml')) || existsSync(join(folder, 'flows'));
}
