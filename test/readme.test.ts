import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../src/cli/commands.ts';
import { runCli } from '../src/cli/run-cli.ts';
import { commandContext, createMemoryTerminal } from './cli/memory-terminal.ts';

// README: "Each command below is run by a test, on a fresh copy of this bot."

const tour = linesOf('Five minutes');
const hour = linesOf("A new author's hour");
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

test('the tour has six stops, the hour eight', () => {
  expect([tour.length, hour.length]).toEqual([6, 8]);
});

test.each([...tour.slice(0, -1), ...hour])(
  '%s',
  async (line) => {
    if (line.startsWith('sed ')) {
      execFileSync('sh', ['-c', line], { cwd: bot });
      return;
    }
    const { code, told, shown } = await usher(line);
    if (line.includes('--generate')) {
      // README: "One that fails shows where a customer would be misunderstood".
      expect(existsSync(join(bot, 'mybot/test/conversations/generated/book_table.yml'))).toBe(true);
      return;
    }
    if (!isBroken()) {
      expect({ code, told: code === 0 ? '' : told }).toEqual({ code: 0, told: '' });
      if (!line.includes('--out')) expect(shown).not.toBe('');
      return;
    }
    // README: "file, line, column, what is wrong, and the fix. It ends with 1."
    expect(code).toBe(1);
    expect(told).toMatch(/flows\/book_table\.yml:\d+:\d+[\s\S]*There is no slot "dya"\.[\s\S]*Write "day"\./);
  },
  180_000,
);

/** Whether the author has just broken the flow. */
function isBroken(): boolean {
  const flow = join(bot, 'mybot/flows/book_table.yml');
  return existsSync(flow) && readFileSync(flow, 'utf8').includes('dya');
}

async function usher(line: string): Promise<{ code: number; told: string; shown: string }> {
  const piped = /^printf '(.*)' \| (.*)$/s.exec(line);
  const typed = piped?.[1]?.split('\\n').filter((text) => text !== '') ?? [];
  const words = [...(piped?.[2] ?? line).matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  expect(words.slice(0, 2)).toEqual(['npx', 'usher']);
  const terminal = createMemoryTerminal(typed);
  const context = commandContext(terminal, {
    cwd: bot,
    env: { USHER_ENCODER: 'none' },
    clock: Date.now,
    readText: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
  });
  const code = await runCli(words.slice(2), commands, context);
  return { code, told: terminal.stdout() + terminal.stderr(), shown: terminal.stdout() };
}

function linesOf(title: string): readonly string[] {
  return [...section(title).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block.trim().split('\n'),
  );
}

function section(title: string): string {
  return readFileSync('README.md', 'utf8').split(`## ${title}`)[1]?.split('\n## ')[0] ?? '';
}
