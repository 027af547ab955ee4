import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../src/cli/commands.ts';
import { runCli } from '../src/cli/run-cli.ts';
import { commandContext, createMemoryTerminal } from './cli/memory-terminal.ts';

// README: "Each command below is run by a test, on a fresh copy of this bot."

const tour = [...section('Five minutes').matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) =>
  block.trim(),
);
let bot: string;

beforeAll(async () => {
  bot = await mkdtemp(join(tmpdir(), 'usher-readme-'));
  for (const part of ['usher.yml', 'flows', 'training-data', 'actions', 'knowledge', 'test/conversations']) {
    await cp(part, join(bot, part), { recursive: true });
  }
  await cp('node_modules/better-sqlite3', join(bot, 'node_modules/better-sqlite3'), { recursive: true });
  for (const name of ['bindings', 'file-uri-to-path']) {
    await cp(`node_modules/${name}`, join(bot, 'node_modules', name), { recursive: true });
  }
});

afterAll(async () => {
  await rm(bot, { recursive: true, force: true });
});

test('the tour has six stops', () => {
  expect(tour).toHaveLength(6);
});

test.each(tour)(
  '%s',
  async (line) => {
    const piped = /^printf '(.*)' \| (.*)$/s.exec(line);
    const typed = piped?.[1]?.split('\\n').filter((text) => text !== '') ?? [];
    const words = [...(piped?.[2] ?? line).matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain ?? '',
    );
    expect(words.slice(0, 2)).toEqual(['npx', 'usher']);
    const terminal = createMemoryTerminal(typed);
    const code = await runCli(
      words.slice(2),
      commands,
      commandContext(terminal, {
        cwd: bot,
        env: { USHER_ENCODER: 'none' },
        clock: Date.now,
        readText: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
      }),
    );
    expect({ code, told: code === 0 ? '' : terminal.stdout() + terminal.stderr() }).toEqual({
      code: 0,
      told: '',
    });
    expect(terminal.stdout()).not.toBe('');
  },
  180_000,
);

function section(title: string): string {
  return readFileSync('README.md', 'utf8').split(`## ${title}`)[1]?.split('\n## ')[0] ?? '';
}
