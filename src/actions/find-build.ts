import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where a bot's actions come from, and where their build goes. */
export interface BuildPlace {
  readonly botDir: string;
  readonly stateDir: string;
  readonly engineUrl: string;
}

/** What the last build was made from. */
export interface BuildManifest {
  readonly engineUrl: string;
  /** Content hashes of all that was read, by path relative to the bot. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Path relative to the build folder. */
  readonly output: string;
}

/** @returns The URL of a build that is up to date, if there is one. */
export function findBuild({ botDir, stateDir, engineUrl }: BuildPlace): string | undefined {
  const folder = buildFolder(stateDir);
  const manifest = readManifest(folder);
  if (!manifest || manifest.engineUrl !== engineUrl) return undefined;
  const isUpToDate =
    actionFiles(botDir).every((file) => Object.hasOwn(manifest.inputs, file)) &&
    Object.entries(manifest.inputs).every(([file, hash]) => hashOf(join(botDir, file)) === hash);
  const output = join(folder, manifest.output);
  return isUpToDate && existsSync(output) ? pathToFileURL(output).href : undefined;
}

/** The files whose exports are actions, and `actions/setup.ts`; relative to the bot, sorted. */
export function actionFiles(botDir: string): readonly string[] {
  const folder = join(botDir, 'actions');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
  return names.sort().map((name) => `actions/${name}`);
}

export function buildFolder(stateDir: string): string {
  return join(stateDir, 'build');
}

export const manifestName = 'actions.json';

/** @returns `undefined` when there is no such file. */
export function hashOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function readManifest(folder: string): BuildManifest | undefined {
  const file = join(folder, manifestName);
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as BuildManifest;
  } catch {
    // Half-written: it is built anew.
    return undefined;
  }
}
