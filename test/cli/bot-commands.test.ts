import { appendFile, cp, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ExitCode } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { commandContext, createMemoryTerminal } from './memory-terminal.ts';

// README: "Make a bot of your own", and every error a bot's author may cause.

let folder: string;
let trained: string;

interface Ran {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

interface ListedModel {
  readonly manifest: { readonly id: string };
  readonly isPromoted: boolean;
}

async function usher(
  line: readonly string[],
  bot: string,
  typed: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Ran> {
  const terminal = createMemoryTerminal(typed);
  const clock = (): number => Date.UTC(2026, 5, 15, 10);
  const readText = (path: string): string | undefined =>
    existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const code = await runCli(line, commands, commandContext(terminal, { cwd: bot, env, clock, readText }));
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

/** A copy of the trained bot, to be broken. */
async function copyOfBot(name: string): Promise<string> {
  const copy = join(folder, name);
  await cp(trained, copy, { recursive: true });
  return copy;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-cli-'));
  trained = join(folder, 'cafe');
  expect((await usher(['init', 'cafe'], folder)).code).toBe(ExitCode.ok);
  expect(await usher(['train'], trained)).toMatchObject({ code: ExitCode.ok });
}, 180_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('a new bot', () => {
  test('has nothing wrong with it', async () => {
    expect(await usher(['check', '--strict'], trained)).toMatchObject({
      code: ExitCode.ok,
      stdout: 'Nothing is wrong.\n',
    });
  });

  test('passes its own golden dialogues', async () => {
    const { code, stdout } = await usher(['test'], trained);
    expect(stdout).toContain('all as written');
    expect(code).toBe(ExitCode.ok);
  });

  test('is not trained again when nothing changed', async () => {
    expect((await usher(['train'], trained)).stdout).toMatch(/^Nothing changed since/);
  });

  test('books a table over a pipe, once, and shows the conversation afterwards', async () => {
    const bot = await copyOfBot('pipe');
    const { code, stdout, stderr } = await usher(['chat', '--conversation', 'ada'], bot, [
      'a table for four tomorrow please',
      'Ada',
      'yes',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(ExitCode.ok);
    const replies = stdout.split('\n\n');
    expect(replies).toHaveLength(3);
    expect(replies[1]).toContain('A table for 4 people on Jun 16, 2026 for Ada');
    expect(replies[2]).toContain('Your booking number is');
    expect(await readdir(join(bot, '.usher', 'bookings'))).toHaveLength(1);

    const shown = await usher(['inspect', 'ada'], bot);
    expect(shown.stdout).toContain('book_table');
    expect(shown.stdout).toContain('a table for four tomorrow please');
    expect((await usher(['forget', 'terminal:ada'], bot)).code).toBe(ExitCode.ok);
    expect((await usher(['inspect', 'ada'], bot)).code).toBe(ExitCode.failed);
  });

  test('says what a message is understood as', async () => {
    const { stdout } = await usher(['say', 'table for four please'], trained);
    expect(stdout).toContain('book_table');
    expect(stdout).toContain('guests = 4');
    const json = JSON.parse((await usher(['say', '--json', 'table for four please'], trained)).stdout) as {
      understanding: { locale: string; segments: { intents: { intent: string }[] }[] };
    };
    expect(json.understanding.locale).toBe('en');
    expect(json.understanding.segments[0]?.intents[0]?.intent).toBe('book_table');
  });

  test('is forgotten on request', async () => {
    const bot = await copyOfBot('forgotten');
    expect((await usher(['reset'], bot)).code).toBe(ExitCode.usage);
    expect((await usher(['reset', '--yes'], bot)).code).toBe(ExitCode.ok);
    expect(await readdir(bot)).not.toContain('.usher');
  });
});

describe('what is wrong is said clearly, and nothing is lost', () => {
  test.each([
    ['flows/book_table.yml', /collect: day/, 'collect: dya', ExitCode.invalidBot, 'Write "day"'],
    [
      'training-data/en/book_table.yml',
      /\[four\]\(guests\)/,
      '[four](guests',
      ExitCode.invalidBot,
      'training-data/en/book_table.yml:6',
    ],
    ['usher.yml', /time_zone:/, 'timezone:', ExitCode.invalidBot, 'Did you mean "time_zone"?'],
    ['flows/book_table.yml', /^slots:/m, 'slots: [', ExitCode.invalidBot, 'flows/book_table.yml:'],
  ])('%s with %s → %s', async (file, from, to, code, told) => {
    const bot = await copyOfBot(`broken-${file.replaceAll('/', '-')}-${to.length}`);
    const path = join(bot, file);
    await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
    const ran = await usher(['chat'], bot, ['hello']);
    expect(ran.stderr).toContain(told);
    expect(ran.stderr).toContain('│');
    expect(ran.code).toBe(code);
    expect((await usher(['check'], bot)).code).toBe(ExitCode.failed);
  });

  test('an article with nothing in it is found by check', async () => {
    const bot = await copyOfBot('empty-article');
    await writeFile(join(bot, 'knowledge/en/opening-hours.md'), '');
    const { code, stdout } = await usher(['check'], bot);
    expect(stdout).toContain('knowledge/en/opening-hours.md:1:1');
    expect(code).toBe(ExitCode.failed);
  });

  test('a half-written model is refused, with the command that mends it', async () => {
    const bot = await copyOfBot('half-model');
    const models = join(bot, '.usher', 'models');
    const [id = ''] = (await readdir(models)).filter((name) => !name.includes('.'));
    await truncate(join(models, id, 'intents.bin'), 100);
    const { code, stderr } = await usher(['chat'], bot, ['hello']);
    expect(stderr).toContain('half-written');
    expect(stderr).toContain('usher train --force');
    expect(code).toBe(ExitCode.failed);
    expect((await usher(['train', '--force'], bot)).code).toBe(ExitCode.ok);
    expect((await usher(['chat'], bot, ['hello'])).code).toBe(ExitCode.ok);
  }, 120_000);

  test('a state folder that cannot be is an error of the machine', async () => {
    const { code, stderr } = await usher(['chat'], trained, ['hello'], {
      USHER_STATE: join(trained, 'usher.yml', 'state'),
    });
    expect(stderr).toContain('USHER_STATE');
    expect(code).toBe(ExitCode.environment);
  });

  test('a message of a megabyte gets a civil answer', async () => {
    const { code, stdout } = await usher(['chat'], trained, ['x'.repeat(1_000_000), 'hello']);
    expect(stdout.split('\n\n')).toHaveLength(2);
    expect(code).toBe(ExitCode.ok);
  });

  test('control characters and half a surrogate pair are understood around', async () => {
    const { code, stdout } = await usher(['chat'], trained, [
      'table \u0000\u0007 for \u200bfour\ud800 please',
    ]);
    expect(stdout).toContain('For which day?');
    expect(code).toBe(ExitCode.ok);
  });

  test.each([['inspect'], ['forget'], ['release']])(
    'an unknown conversation is no crash: %s',
    async (command) => {
      const { code, stderr } = await usher([command, 'terminal:nobody'], trained);
      expect(stderr).toContain('CONVERSATION_NOT_FOUND');
      expect(code).toBe(ExitCode.failed);
    },
  );

  test('a folder without a bot is said to be none', async () => {
    const { code, stderr } = await usher(['chat'], folder);
    expect(stderr).toContain('usher init');
    expect(code).toBe(ExitCode.usage);
  });

  test('a folder that is not empty is left alone by init', async () => {
    expect((await usher(['init', 'cafe'], folder)).code).toBe(ExitCode.usage);
  });
});

describe('models', () => {
  test('are listed, promoted back and pruned', async () => {
    const bot = await copyOfBot('models');
    const path = join(bot, 'training-data/en/book_table.yml');
    await writeFile(path, `${await readFile(path, 'utf8')}      - could you keep a table for us\n`);
    expect((await usher(['train'], bot)).code).toBe(ExitCode.ok);
    const listed = JSON.parse((await usher(['models', '--json'], bot)).stdout) as ListedModel[];
    expect(listed.map(({ isPromoted }) => isPromoted)).toEqual([true, false]);
    expect((await usher(['models', 'rollback'], bot)).stdout).toContain(listed[1]?.manifest.id ?? '?');
    expect((await usher(['models', 'prune', '--keep', '1'], bot)).stdout).toBe('Deleted 1 models.\n');
  }, 120_000);

  test('one that lost more than the bot allows is kept, but only promoted when forced', async () => {
    const bot = await copyOfBot('worse');
    const promoted = async (): Promise<readonly string[]> => {
      const listed = JSON.parse((await usher(['models', '--json'], bot)).stdout) as ListedModel[];
      return listed.flatMap(({ manifest, isPromoted }) => (isPromoted ? manifest.id : []));
    };
    const before = await promoted();
    // An intent that is said in the words of many others.
    const examples =
      `hello there friend, good day to you, hi again bot, bye for now friend, see you then, thanks friend,
      many thanks to you, cancel this thing, forget this thing, stop this now, say this again, repeat this for me,
      go on with this, let us continue this, are you a person, am I talking to you, what can you do with this,
      help me with this, I want a person now, get me someone, yes my friend, no my friend, that is right friend,
      not that one friend, wait for me, hold on for me, one moment for me`.split(/,\s+/);
    const intent = { intent: 'small_talk', examples: examples.map((text) => `- ${text}`).join('\n') };
    await writeFile(
      join(bot, 'training-data/en/small_talk.yml'),
      stringify({ version: '3.1', nlu: [intent] }),
    );
    await appendFile(join(bot, 'usher.yml'), 'understanding:\n  allowed_loss: 0\n');
    const { code, stderr } = await usher(['train'], bot);
    expect(stderr).toContain('less than the promoted one; 0.0 % is allowed.');
    expect(stderr).toContain('new intents: small_talk');
    expect(stderr).toContain('usher train --force');
    expect(code).toBe(ExitCode.failed);
    expect(await promoted()).toEqual(before);
    expect((await usher(['train', '--force'], bot)).code).toBe(ExitCode.ok);
    expect(await promoted()).not.toEqual(before);
  }, 120_000);
});
