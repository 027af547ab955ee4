import { readConfig, type Environment } from '../config.ts';
import { checkProgram } from '../dialogue/check-program.ts';
import { EngineError, type Diagnostic } from '../errors.ts';
import { templateArguments, validateTemplate } from '../generation/icu-template.ts';
import { loadArticles } from '../generation/knowledge/load-articles.ts';
import { builtinIntents } from '../nlu/builtin-intents.ts';
import { lintTrainingData } from '../nlu/lint-training-data.ts';
import type { TrainingData } from '../nlu/training-example.ts';
import { parseGolden } from '../testing/parse-golden.ts';
import type { BotFiles } from './bot-files.ts';
import { parseFlows } from './load-bot.ts';
import { readTrainingSet } from './training-set.ts';

/** Everything that can be found wrong in a bot's files without running it; by file and line. */
export async function checkBot(files: BotFiles, environment: Environment): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const config = await gather(found, () => readConfig(files.config?.text, environment));
  found.push(...files.tests.flatMap(({ file, text }) => parseGolden(file, text).diagnostics));
  if (!config) return found;

  const { articles, diagnostics } = await loadArticles(files.botDir, { locales: config.locales });
  found.push(...diagnostics);
  const program = await gather(found, () => parseFlows(files, config));
  if (!program) return found;

  const data = await gather(found, () => readTrainingSet(files, program, config));
  found.push(
    ...checkProgram(program, {
      ...(data ? { intents: intentsOf(data), entities: entitiesOf(data) } : {}),
      articles: articles.map(({ id }) => id),
      templates: { validate: validateTemplate, arguments: templateArguments },
    }),
  );
  if (data) found.push(...lintTrainingData(data, config.locales));
  // The flows that ship with the engine speak more languages than a bot may want.
  return found.filter(({ position }) => !position.file.startsWith('patterns/')).sort(byPlace);
}

/** Keeps the findings of a stage that throws them, and goes on without its result. */
async function gather<T>(found: Diagnostic[], stage: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await stage();
  } catch (error) {
    if (!(error instanceof EngineError) || error.diagnostics.length === 0) throw error;
    found.push(...error.diagnostics);
    return undefined;
  }
}

function intentsOf({
  examples,
}: TrainingData): readonly { readonly name: string; readonly examples: Readonly<Record<string, number>> }[] {
  const counts = new Map<string, Record<string, number>>(builtinIntents.map((name) => [name, {}]));
  for (const { intent, locale } of examples) {
    if (intent === undefined || intent === 'oos') continue;
    const perLocale = counts.get(intent) ?? {};
    counts.set(intent, { ...perLocale, [locale]: (perLocale[locale] ?? 0) + 1 });
  }
  return [...counts].map(([name, perLocale]) => ({ name, examples: perLocale }));
}

function entitiesOf({ examples, lists, patterns }: TrainingData): readonly string[] {
  return [
    ...new Set([
      ...examples.flatMap(({ entities }) =>
        entities.flatMap(({ entity, role }) =>
          role === undefined ? [entity] : [entity, `${entity}/${role}`],
        ),
      ),
      ...lists.map(({ entity }) => entity),
      ...patterns.map(({ entity }) => entity),
    ]),
  ];
}

function byPlace({ position: left }: Diagnostic, { position: right }: Diagnostic): number {
  return left.file.localeCompare(right.file) || left.line - right.line || left.column - right.column;
}
