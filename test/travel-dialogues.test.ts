import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBotFiles } from '../src/bot/bot-files.ts';
import { loadBot } from '../src/bot/load-bot.ts';
import { registryOf, trainBot } from '../src/bot/train-bot.ts';
import { createTestSessions, type TestSessions } from '../src/testing/create-test-sessions.ts';
import { parseGolden } from '../src/testing/parse-golden.ts';
import { runGolden } from '../src/testing/run-golden.ts';

// The travel bot's golden dialogues, understood by the n-grams alone: it must do without the encoder too.
// `npm run travel:test` plays them as shipped.

const state = mkdtempSync(join(tmpdir(), 'usher-travel-'));
const environment = { USHER_ENCODER: 'none' };
const files = readBotFiles('examples/travel', state);
// What strangers said in words of their own needs the sentence encoder; `npm run travel:test` plays it.
const written = files.tests.filter(({ file }) => !file.includes('strangers'));
const parsed = written.map(({ file, text }) => parseGolden(file, text));
const dialogues = parsed.flatMap((one) => one.dialogues);
let sessions: TestSessions;

beforeAll(async () => {
  const bot = await loadBot(files, environment);
  const { id } = await trainBot(bot, {});
  await registryOf(bot).promote(id, 0);
  sessions = await createTestSessions(bot, { environment, now: Date.now });
}, 180_000);

afterAll(async () => {
  await sessions[Symbol.asyncDispose]();
  rmSync(state, { recursive: true, force: true });
});

test('they parse, and there are at least sixty, in both languages', () => {
  expect(parsed.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  expect(dialogues.length).toBeGreaterThanOrEqual(60);
  expect(new Set(dialogues.map(({ locale }) => locale))).toEqual(new Set(['en', 'zh']));
});

test.each(dialogues.map((dialogue) => [dialogue.name, dialogue] as const))('%s', async (_, dialogue) => {
  const { turns } = await runGolden(dialogue, sessions.open);
  expect(turns.flatMap(({ failures }) => failures.map(({ message }) => message))).toEqual([]);
});
