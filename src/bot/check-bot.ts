import { exportedActions } from '../actions/exported-actions.ts';
import { readConfig, type Environment } from '../config.ts';
import { checkProgram } from '../dialogue/check-program.ts';
import { EngineError, type Diagnostic } from '../errors.ts';
import { templateArguments, validateTemplate } from '../generation/icu-template.ts';
import { loadArticles } from '../generation/knowledge/load-articles.ts';
import { builtinIntents } from '../nlu/builtin-intents.ts';
import { entityKinds } from '../nlu/recognizer.ts';
import { lintConfusions, lintTrainingData } from '../nlu/lint-training-data.ts';
import type { TrainingData } from '../nlu/training-example.ts';
import { uncoveredTransitions } from '../testing/coverage/coverage-record.ts';
import { goldenMentions } from '../testing/golden-mentions.ts';
import { parseGolden } from '../testing/parse-golden.ts';
import type { BotFiles } from './bot-files.ts';
import { parseFlows } from './load-bot.ts';
import { registryOf } from './train-bot.ts';
import { readTrainingSet } from './training-set.ts';

/** Everything that can be found wrong in a bot's files without running it; by file and line. */
export async function checkBot(files: BotFiles, environment: Environment): Promise<readonly Diagnostic[]> {
  const found: Diagnostic[] = [];
  const config = await gather(found, () => readConfig(files.config?.text, environment));
  const golden = files.tests.map(({ file, text }) => parseGolden(file, text));
  found.push(...golden.flatMap((one) => one.diagnostics));
  if (!config) return found;

  const { articles, diagnostics } = await loadArticles(files.botDir, { locales: config.locales });
  found.push(...diagnostics);
  const program = await gather(found, () => parseFlows(files, config));
  if (!program) return found;

  const data = await gather(found, () => readTrainingSet(files, program, config));
  const actions = await gather(found, () => exportedActions(files.botDir));
  found.push(
    ...checkProgram(program, {
      examples: data?.examples,
      entities: data && entitiesOf(data),
      reservedIntents: builtinIntents,
      actions,
      articles: articles.map(({ id }) => id),
      templates: { validate: validateTemplate, arguments: templateArguments },
      tests: goldenMentions(golden.flatMap(({ dialogues }) => dialogues)),
      uncovered: await uncoveredTransitions(files, program),
    }),
  );
  if (data) {
    // Of the last training, whatever has changed since: only examples that are still there are named.
    const model = registryOf({ files, config, program }).promoted();
    found.push(
      ...lintTrainingData(data, config.locales),
      ...lintConfusions(data, model?.metrics.confusions ?? []),
    );
  }
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

function entitiesOf({ examples, lists, patterns }: TrainingData): readonly string[] {
  return [
    ...new Set([
      ...entityKinds,
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
