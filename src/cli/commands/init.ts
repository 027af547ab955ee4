import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineError } from '../../errors.ts';
import { ExitCode, type Command } from '../command.ts';

const engineRoot = fileURLToPath(new URL('../../..', import.meta.url));

export const init: Command = {
  name: 'init',
  summary: 'Make a new bot that runs.',
  description:
    'Writes a small café bot into <dir>: a flow, training data, articles, an action and golden dialogues, ready to be changed; and flow-schema.json, from which an editor completes and explains the keys of flow files. Its package.json pins this version of the engine. A folder that is not empty is left alone.',
  arguments: [{ name: '<dir>', description: 'The folder to make.' }],
  examples: [
    {
      line: 'usher init mybot && cd mybot && npm install && npx usher chat',
      does: 'Makes a bot and talks to it.',
    },
  ],

  async run({ arguments: [folder = '.'] }, { terminal, cwd }) {
    const target = resolve(cwd, folder);
    if (existsSync(target) && (await readdir(target)).length > 0) {
      throw new EngineError('USAGE', `${target} is not empty.`, { fix: 'Name a new folder.' });
    }
    const values = { name: titleOf(target), package: packageNameOf(target), engine: await enginePin() };
    const template = join(engineRoot, 'templates', 'bot');
    for (const entry of await readdir(template, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const source = join(entry.parentPath, entry.name);
      const path = join(target, source.slice(template.length + 1).replace(/^gitignore$/, '.gitignore'));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, fill(await readFile(source, 'utf8'), values));
    }
    const { flowSchemaJson } = await import('../../dialogue/flow-schema-json.ts');
    await writeFile(join(target, 'flow-schema.json'), `${JSON.stringify(flowSchemaJson(), undefined, 2)}\n`);
    terminal.out(`Made a bot in ${target}.\nNext: cd ${folder} && npm install && npx usher chat`);
    return ExitCode.ok;
  },
};

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, key: string) => values[key] ?? whole);
}

/** The exact version from the registry; of an engine that runs from a checkout, the checkout. */
async function enginePin(): Promise<string> {
  if (!engineRoot.includes(`${sep}node_modules${sep}`)) return `file:${engineRoot.replace(/[\\/]$/, '')}`;
  const { version } = JSON.parse(await readFile(join(engineRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

function titleOf(folder: string): string {
  return JSON.stringify(basename(folder).replace(/[-_]+/g, ' '));
}

function packageNameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'bot' : name;
}
