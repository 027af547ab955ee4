import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { EngineError } from '../errors.ts';

/** A file of the bot: its path from the bot's folder with forward slashes, and its text. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** A bot's folder, read: everything that decides what the bot does, except its actions. */
export interface BotFiles {
  readonly botDir: string;
  /** Where Usher writes for this bot: `USHER_STATE`, or `.usher` in its folder. */
  readonly stateDir: string;
  readonly config: TextFile | undefined;
  readonly flows: readonly TextFile[];
  readonly training: readonly TextFile[];
  readonly knowledge: readonly TextFile[];
  readonly tests: readonly TextFile[];
}

const largestFile = 20_000_000;

/**
 * Reads a bot's folder.
 *
 * @throws EngineError `BOT_NOT_FOUND` when the folder holds no bot.
 */
export function readBotFiles(folder: string, state: string | undefined): BotFiles {
  const botDir = resolve(folder);
  const config = join(botDir, 'usher.yml');
  if (!existsSync(config) && !existsSync(join(botDir, 'flows'))) {
    throw new EngineError(
      'BOT_NOT_FOUND',
      `There is no bot in ${botDir}: it has neither usher.yml nor flows/.`,
      {
        fix: "Go to a bot's folder, name one with --bot <dir>, or make one with `usher init <dir>`.",
      },
    );
  }
  return {
    botDir,
    stateDir:
      state === undefined || state === ''
        ? join(botDir, '.usher')
        : isAbsolute(state)
          ? state
          : resolve(state),
    config: existsSync(config) ? readOne(botDir, config) : undefined,
    flows: readTree(botDir, 'flows', /\.ya?ml$/),
    training: readTree(botDir, 'training-data', /\.ya?ml$/),
    knowledge: readTree(botDir, 'knowledge', /\.md$/),
    tests: readTree(botDir, 'test/conversations', /\.ya?ml$/),
  };
}

/** A content hash over files, in a fixed order: 16 hexadecimal digits. */
export function hashOf(...parts: readonly (string | readonly TextFile[])[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (typeof part === 'string') hash.update(`\u0000${part}`);
    else for (const { file, text } of part) hash.update(`\u0001${file}\u0000${text}`);
  }
  return hash.digest('hex').slice(0, 16);
}

function readTree(botDir: string, folder: string, name: RegExp): readonly TextFile[] {
  const root = join(botDir, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => readOne(botDir, path));
}

function readOne(botDir: string, path: string): TextFile {
  const file = relative(botDir, path).split(sep).join('/');
  if (statSync(path).size > largestFile) {
    throw new EngineError('DATA_INVALID', `${file} is larger than ${largestFile / 1e6} MB.`, {
      fix: 'Split the file.',
    });
  }
  return { file, text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') };
}
