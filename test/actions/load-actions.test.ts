import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findBuild } from '../../src/actions/find-build.ts';
import { loadActions } from '../../src/actions/load-actions.ts';
import { silentLogger } from '../../src/logger.ts';

const engineUrl = new URL('../../src/index.ts', import.meta.url).href;
const folders: string[] = [];

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

function bot(files: Readonly<Record<string, string>>) {
  const botDir = mkdtempSync(join(tmpdir(), 'usher-actions-'));
  folders.push(botDir);
  for (const [file, text] of Object.entries(files)) write(botDir, file, text);
  const options = {
    botDir,
    stateDir: join(botDir, '.usher'),
    engineUrl,
    now: () => 42,
    logger: silentLogger,
  };
  return { botDir, options };
}

function write(botDir: string, file: string, text: string): void {
  mkdirSync(dirname(join(botDir, file)), { recursive: true });
  writeFileSync(join(botDir, file), text);
}

const greet = `
  import { defineAction } from 'usher-engine';
  import { word } from '../lib/word.ts';
  export const greet = defineAction(() => ({ set: { word } }));
  export function notAnAction() { return 1; }
`;

describe('loading actions', () => {
  test('finds those that files in actions/ export, wherever the bot lies', async () => {
    const { options } = bot({
      'actions/greet.ts': greet,
      'lib/word.ts': "export const word: string = 'hello';",
    });
    await using actions = await loadActions(options);
    expect(Object.keys(actions.implementations)).toEqual(['greet']);
    expect(await actions.implementations['greet']?.run({}, undefined as never)).toEqual({
      set: { word: 'hello' },
    });
  });

  test('a bot without actions has none', async () => {
    const { options } = bot({});
    await using actions = await loadActions(options);
    expect(actions.implementations).toEqual({});
  });

  test('compiles again only when a file that it reads has changed', async () => {
    const { botDir, options } = bot({
      'actions/greet.ts': greet,
      'lib/word.ts': "export const word = 'hello';",
    });
    expect(findBuild(options)).toBeUndefined();
    await (await loadActions(options))[Symbol.asyncDispose]();
    expect(findBuild(options)).toMatch(/^file:.*actions\.mjs$/);
    expect(findBuild({ ...options, engineUrl: 'file:///elsewhere/index.js' })).toBeUndefined();

    write(botDir, 'lib/word.ts', "export const word = 'bye';");
    expect(findBuild(options)).toBeUndefined();
    await using changed = await loadActions(options);
    expect(await changed.implementations['greet']?.run({}, undefined as never)).toEqual({
      set: { word: 'bye' },
    });

    write(botDir, 'actions/more.ts', 'export const more = 1;');
    expect(findBuild(options)).toBeUndefined();
    expect(readdirSync(join(botDir, '.usher', 'build'))).toContain('actions.json');
  });

  test('a half-written manifest is built anew', async () => {
    const { botDir, options } = bot({ 'actions/greet.ts': 'export const greet = { run: () => ({}) };' });
    write(botDir, '.usher/build/actions.json', '{ "engineUrl": "fi');
    await using actions = await loadActions(options);
    expect(Object.keys(actions.implementations)).toEqual(['greet']);
  });

  test('a file that does not compile is a fault with its position', async () => {
    const { options } = bot({
      'actions/a.ts': "const 名 = '退款'; const b = ;\n",
      'actions/b.ts': "import './gone.ts';",
    });
    await expect(loadActions(options)).rejects.toMatchObject({
      code: 'ACTIONS_INVALID',
      diagnostics: [
        { rule: 'action-compiles', position: { file: 'actions/a.ts', line: 1, column: 27 } },
        {
          message: expect.stringContaining('gone.ts') as string,
          position: { file: 'actions/b.ts', line: 1 },
        },
      ],
    });
  });

  test('an unknown package is a fault with its position', async () => {
    const { options } = bot({ 'actions/a.ts': "import 'no-such-package-here';" });
    await expect(loadActions(options)).rejects.toMatchObject({
      code: 'ACTIONS_INVALID',
      diagnostics: [{ position: { file: 'actions/a.ts', line: 1, column: 8 } }],
    });
  });

  test('packages are those of the bot’s folder, also when its state lies elsewhere', async () => {
    const { botDir, options } = bot({
      'actions/a.ts': "import { two } from 'pair'; export const a = { run: () => ({ set: { two } }) };",
      'node_modules/pair/package.json': '{ "name": "pair", "type": "module", "exports": "./pair.js" }',
      'node_modules/pair/pair.js': 'export const two = 2;',
    });
    const elsewhere = mkdtempSync(join(tmpdir(), 'usher-state-'));
    folders.push(elsewhere);
    symlinkSync(botDir, join(elsewhere, 'link'));
    await using actions = await loadActions({ ...options, stateDir: join(elsewhere, 'state') });
    expect(await actions.implementations['a']?.run({}, undefined as never)).toEqual({ set: { two: 2 } });
  });

  test('an action that two files export is a fault', async () => {
    const text = 'export const a = { run: () => ({}) };';
    const { options } = bot({ 'actions/a.ts': text, 'actions/b.ts': text });
    await expect(loadActions(options)).rejects.toMatchObject({
      code: 'ACTIONS_INVALID',
      diagnostics: [{ rule: 'duplicate-action', position: { file: 'actions/b.ts' } }],
    });
  });

  test('a file that throws as it loads, and a setup that fails, are faults', async () => {
    const throwing = bot({ 'actions/a.ts': "throw new Error('no port');" });
    await expect(loadActions(throwing.options)).rejects.toMatchObject({
      code: 'ACTIONS_INVALID',
      message: expect.stringContaining('no port') as string,
    });
    const failing = bot({ 'actions/setup.ts': "export function setup() { throw new Error('no shop'); }" });
    await expect(loadActions(failing.options)).rejects.toMatchObject({
      code: 'ACTIONS_INVALID',
      message: expect.stringContaining('no shop') as string,
    });
  });

  test('what setup opens is shared, and closed with the actions', async () => {
    const { options } = bot({
      'actions/setup.ts': `
        export async function setup({ now, botDir, stateDir }) {
          const shared = { at: now(), isOpen: true, botDir, stateDir };
          return { shared, [Symbol.asyncDispose ?? Symbol.for('nodejs.asyncDispose')]: async () => { shared.isOpen = false; } };
        }`,
    });
    const actions = await loadActions(options);
    const { shared } = actions.resources as { shared: { at: number; isOpen: boolean; botDir: string } };
    expect(shared).toMatchObject({ at: 42, isOpen: true, botDir: options.botDir });
    await actions[Symbol.asyncDispose]();
    expect(shared.isOpen).toBe(false);
  });
});
