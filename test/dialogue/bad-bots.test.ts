import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkProgram } from '../../src/dialogue/check-program.ts';
import type { CheckInputs, TestMention } from '../../src/dialogue/checks/check-context.ts';
import { parseProgram, type SourceFile } from '../../src/dialogue/parse-program.ts';
import { rules } from '../../src/dialogue/rules.ts';
import { EngineError, type Diagnostic } from '../../src/errors.ts';
import { templateArguments, validateTemplate } from '../../src/generation/icu-template.ts';
import { builtinIntents } from '../../src/nlu/builtin-intents.ts';
import { parseTrainingData } from '../../src/nlu/training-data.ts';
import { readYaml } from '../../src/yaml-source.ts';

const bots = fileURLToPath(new URL('../fixtures/bad', import.meta.url));

function read(bot: string, folder: string, extension: string): readonly SourceFile[] {
  return readdirSync(join(bots, bot), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.startsWith(`${folder}/`) && file.endsWith(extension))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(bots, bot, file), 'utf8') }));
}

function inputsOf(bot: string): CheckInputs {
  const training = read(bot, 'training-data', '.yml');
  const data =
    training.length === 0
      ? undefined
      : parseTrainingData(training.map((file) => ({ ...file, locale: 'en' })));
  const actions = read(bot, 'actions', '.ts').flatMap(({ text }) =>
    [...text.matchAll(/export const (\w+)/gu)].flatMap((match) => match[1] ?? []),
  );
  const tests = read(bot, 'test', '.yml').flatMap(({ file, text }): TestMention[] =>
    [...text.matchAll(/flow_started: (\w+)/gu)].map((match) => ({
      kind: 'flow',
      name: match[1] ?? '',
      position: readYaml(file, text).positionOf([]),
    })),
  );
  return {
    examples: data?.examples,
    entities: data?.examples.flatMap(({ entities }) => entities.map(({ entity }) => entity)),
    reservedIntents: builtinIntents,
    actions: actions.length === 0 ? undefined : actions,
    articles: [],
    tests: tests.length === 0 ? undefined : tests,
    templates: { validate: validateTemplate, arguments: templateArguments },
  };
}

function findingsOf(bot: string): readonly Diagnostic[] {
  const config = readYaml('usher.yml', readFileSync(join(bots, bot, 'usher.yml'), 'utf8')).value as {
    readonly locales: readonly string[];
  };
  try {
    const program = parseProgram(read(bot, 'flows', '.yml'), { locales: config.locales });
    return checkProgram(program, inputsOf(bot));
  } catch (error) {
    if (error instanceof EngineError && error.code === 'FLOW_INVALID') return error.diagnostics;
    throw error;
  }
}

function print({ severity, rule, message, fix, position: { file, line, column } }: Diagnostic): string {
  return `${file}:${line}:${column} ${severity} ${rule}: ${message}${fix === undefined ? '' : ` ${fix}`}\n`;
}

describe('the smallest bot that breaks a rule breaks this rule only, and is told so word for word', () => {
  test.each(readdirSync(bots).filter((name) => !name.includes('.')))('%s', async (bot) => {
    await expect(findingsOf(bot).map(print).join('')).toMatchFileSnapshot(join(bots, bot, 'expected.txt'));
    expect(new Set(findingsOf(bot).map(({ rule }) => rule))).toEqual(new Set([bot]));
  });
});

/** They need a trained model or a run of the golden dialogues; `check-coverage.test.ts` shows them. */
const NEEDS_MORE_THAN_FILES = ['confusable-intents', 'uncovered-transition'];

test('every rule has a bad bot', () => {
  const shown = [...readdirSync(bots).filter((name) => !name.includes('.')), ...NEEDS_MORE_THAN_FILES].sort();
  expect(shown).toEqual(Object.keys(rules).sort());
});

test('every rule has a section in docs/checks.md, and every section is a rule', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/checks.md', import.meta.url)), 'utf8');
  const sections = [...page.matchAll(/^### `([a-z-]+)`/gmu)].map((match) => match[1]);
  expect(sections.sort()).toEqual(Object.keys(rules).sort());
  for (const bot of readdirSync(bots).filter((name) => !name.includes('.'))) {
    expect(page).toContain(readFileSync(join(bots, bot, 'expected.txt'), 'utf8').trim());
  }
});
