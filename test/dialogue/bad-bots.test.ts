import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readBotFiles } from '../../src/bot/bot-files.ts';
import { botsIn } from '../../src/bot/bots-in.ts';
import { checkBot } from '../../src/bot/check-bot.ts';
import { checkProgram } from '../../src/dialogue/check-program.ts';
import type { CheckInputs, TestMention } from '../../src/dialogue/checks/check-context.ts';
import { parseProgram, type SourceFile } from '../../src/dialogue/parse-program.ts';
import { rules } from '../../src/dialogue/rules.ts';
import { EngineError, type Diagnostic } from '../../src/errors.ts';
import { templateArguments, validateTemplate } from '../../src/generation/icu-template.ts';
import { builtinIntents } from '../../src/nlu/builtin-intents.ts';
import { lintConfusions, lintTrainingData } from '../../src/nlu/lint-training-data.ts';
import { openModelRegistry } from '../../src/nlu/model-registry.ts';
import { parseTrainingData } from '../../src/nlu/training-data.ts';
import type { TrainingData } from '../../src/nlu/training-example.ts';
import { uncoveredTransitions } from '../../src/testing/coverage/coverage-record.ts';
import { readYaml } from '../../src/yaml-source.ts';

const bots = fileURLToPath(new URL('../fixtures/bad', import.meta.url));

function read(bot: string, folder: string, extension: string): readonly SourceFile[] {
  return readdirSync(join(bots, bot), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.startsWith(`${folder}/`) && file.endsWith(extension))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(bots, bot, file), 'utf8') }));
}

function trainingData(bot: string): TrainingData | undefined {
  const training = read(bot, 'training-data', '.yml');
  return training.length === 0
    ? undefined
    : parseTrainingData(training.map((file) => ({ ...file, locale: 'en' })));
}

function inputsOf(bot: string): CheckInputs {
  const data = trainingData(bot);
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

async function findingsOf(bot: string): Promise<readonly Diagnostic[]> {
  const config = readYaml('usher.yml', readFileSync(join(bots, bot, 'usher.yml'), 'utf8')).value as {
    readonly locales: readonly string[];
  };
  try {
    const program = parseProgram(read(bot, 'flows', '.yml'), { locales: config.locales });
    const files = readBotFiles(join(bots, bot), undefined);
    const uncovered = await uncoveredTransitions(files, program);
    return [...checkProgram(program, { ...inputsOf(bot), uncovered }), ...dataFindings(bot, config.locales)];
  } catch (error) {
    if (error instanceof EngineError && error.code === 'FLOW_INVALID') return error.diagnostics;
    throw error;
  }
}

/** What the training data shows, as far as it is a rule of the dialogue's. */
function dataFindings(bot: string, locales: readonly string[]): readonly Diagnostic[] {
  const data = trainingData(bot);
  const registry = openModelRegistry(join(bots, bot, '.usher/models'));
  const found = data && [
    ...lintTrainingData(data, locales),
    ...lintConfusions(data, registry.promoted()?.metrics.confusions ?? []),
  ];
  return (found ?? []).filter(({ rule }) => rule in rules);
}

function print({ severity, rule, message, fix, position: { file, line, column } }: Diagnostic): string {
  return `${file}:${line}:${column} ${severity} ${rule}: ${message}${fix === undefined ? '' : ` ${fix}`}\n`;
}

describe('the smallest bot that breaks a rule breaks this rule only, and is told so word for word', () => {
  test.each(readdirSync(bots).filter((name) => !name.includes('.')))('%s', async (bot) => {
    const findings = await findingsOf(bot);
    await expect(findings.map(print).join('')).toMatchFileSnapshot(join(bots, bot, 'expected.txt'));
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set([bot]));
  });
});

test('every rule has a bad bot', () => {
  const shown = readdirSync(bots).filter((name) => !name.includes('.'));
  expect(shown.sort()).toEqual(Object.keys(rules).sort());
});

test('checked as the command checks a folder of bots, each rule is found', async () => {
  const found = await Promise.all(
    botsIn(bots).map((bot) => checkBot(readBotFiles(join(bots, bot), undefined), {})),
  );
  const named = new Set(found.flat().map(({ rule }) => rule));
  expect(Object.keys(rules).filter((rule) => !named.has(rule))).toEqual([]);
});

test('every rule has a section in docs/checks.md, and every section is a rule', () => {
  const page = readFileSync(fileURLToPath(new URL('../../docs/checks.md', import.meta.url)), 'utf8');
  const sections = [...page.matchAll(/^### `([a-z-]+)`/gmu)].map((match) => match[1]);
  expect(sections.sort()).toEqual(Object.keys(rules).sort());
  for (const bot of readdirSync(bots).filter((name) => !name.includes('.'))) {
    expect(page).toContain(readFileSync(join(bots, bot, 'expected.txt'), 'utf8').trim());
  }
});
