import { randomUUID } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import type { ActionRunner } from './actions/action-runner.ts';
import { createActionRunner } from './actions/create-action-runner.ts';
import { loadActions, type LoadedActions } from './actions/load-actions.ts';
import type { Bot } from './bot/load-bot.ts';
import { modelFolder } from './bot/train-bot.ts';
import { openEncoder } from './bot/open-encoder.ts';
import type { Channel } from './channels/channel.ts';
import { keepPrograms } from './compose-programs.ts';
import { composeWriter } from './compose-writer.ts';
import { createDisposables, type Disposables } from './disposables.ts';
import { defaultLocale, type Environment } from './config.ts';
import type { Config } from './config-schema.ts';
import { namedValues } from './dialogue/choices.ts';
import { createDialogue } from './dialogue/create-dialogue.ts';
import { parseOpeningHours } from './dialogue/opening-hours.ts';
import type { Program } from './dialogue/program.ts';
import type { TransitionObserver } from './dialogue/run/observe-transitions.ts';
import { createEngine, type Engine } from './engine.ts';
import { EngineError, type Diagnostic } from './errors.ts';
import type { EngineSettings, FailPoint } from './engine/engine-ports.ts';
import type { Generator } from './generation/generator.ts';
import { createRealiser } from './generation/icu-realiser.ts';
import { openArticleIndex, type ArticleIndex } from './generation/knowledge/article-index.ts';
import { createExtractiveAnswerer } from './generation/knowledge/extractive-answerer.ts';
import { createVectorProducts } from './nlu/encoder/vector-products.ts';
import { loadArticles } from './generation/knowledge/load-articles.ts';
import { silentLogger, type Logger } from './logger.ts';
import { loadRecognizer } from './nlu/load-recognizer.ts';
import type { Recognizer } from './nlu/recognizer.ts';
import { openSqliteStore, type SqliteStore } from './store/sqlite-store.ts';

export interface OpenBotOptions {
  readonly environment: Environment;
  readonly logger?: Logger | undefined;
  readonly channels?: readonly Channel[] | undefined;
  /** Epoch milliseconds; the real clock when absent. */
  readonly now?: (() => number) | undefined;
  readonly random?: (() => number) | undefined;
  /** Where the store and the actions' data lie; the bot's state folder when absent. */
  readonly stateDir?: string | undefined;
  /** `:memory:` for a store that ends with the process. */
  readonly storeFile?: string | undefined;
  /** An open recogniser to share. */
  readonly understanding?: BotUnderstanding | undefined;
  /** Wraps the bot's actions; for scripted results in tests. */
  readonly wrapActions?: ((runner: ActionRunner) => ActionRunner) | undefined;
  readonly generator?: Generator | undefined;
  /** Told of every transition that a flow takes; for coverage in tests. */
  readonly observe?: TransitionObserver | undefined;
  readonly failPoints?: ((name: FailPoint) => void) | undefined;
}

/** What reads a message, and what it is read with: costly to open, free to share. */
export interface BotUnderstanding extends AsyncDisposable {
  readonly recognizer: Recognizer;
  readonly articles: ArticleIndex;
}

/** A bot with everything open; closing it closes all of it. */
export interface RunningBot extends AsyncDisposable {
  readonly bot: Bot;
  readonly engine: Engine;
  readonly store: SqliteStore;
  readonly recognizer: Recognizer;
}

export interface UnderstandingOptions {
  /** Whether n-grams that are sure decide without asking the encoder; the default is true. */
  readonly shortcut?: boolean | undefined;
}

/**
 * Opens the bot's promoted model and its articles.
 *
 * @throws EngineError `MODEL_MISSING`, `MODEL_INVALID`, `ENCODER_MISMATCH`, `KNOWLEDGE_INVALID`.
 */
export async function openUnderstanding(
  bot: Bot,
  { shortcut }: UnderstandingOptions = {},
): Promise<BotUnderstanding> {
  const opened = createDisposables();
  try {
    const { files, config } = bot;
    const encoder = await openEncoder(config, files.botDir);
    if (encoder) opened.use(encoder);
    const { articles, diagnostics } = await loadArticles(files.botDir, { locales: config.locales });
    refuseFaulty(diagnostics);
    const index = opened.use(
      await openArticleIndex(articles, {
        cacheFolder: join(files.stateDir, 'cache'),
        encoder,
        productsOf: createVectorProducts,
      }),
    );
    const recognizer = await loadRecognizer(modelFolder(bot), { articles: index, encoder, shortcut });
    return { recognizer, articles: index, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

function refuseFaulty(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return;
  throw new EngineError('KNOWLEDGE_INVALID', 'The articles have faults.', { diagnostics: errors });
}

/**
 * Opens a bot: model, articles, actions, store, engine; what a crash left unfinished is finished first.
 *
 * @throws EngineError `MODEL_MISSING` when it was never trained, and whatever its parts throw.
 */
export async function openBot(bot: Bot, options: OpenBotOptions): Promise<RunningBot> {
  const opened = createDisposables();
  try {
    return await openParts(bot, options, opened);
  } catch (error) {
    await opened[Symbol.asyncDispose]();
    throw error;
  }
}

async function openParts(bot: Bot, options: OpenBotOptions, opened: Disposables): Promise<RunningBot> {
  const { config, program } = bot;
  const now = options.now ?? Date.now;
  const logger = options.logger ?? silentLogger;
  const { recognizer, articles } = options.understanding ?? opened.use(await openUnderstanding(bot));
  const programs = await keepPrograms(opened.use(await openStore(bot, options)), program, now());
  const { store } = programs;
  const actions = opened.use(await openActions(bot, options, now, logger));
  const runner = createActionRunner({
    implementations: actions.implementations,
    resources: actions.resources,
    definitions: program.actions,
    logger,
  });
  const engine = opened.use(
    createEngine({
      recognizer,
      dialogue: createDialogue(program, {
        timeZone: config.time_zone,
        programFor: (version) => programs.find(version),
        silence: { nudgeMs: config.silence.nudge, expireMs: config.silence.expire },
        handoverHours: config.handover.hours && parseOpeningHours(config.handover.hours),
        observe: options.observe,
      }),
      realiser: createRealiser(program.responses, {
        // Loading the bot has done that.
        checked: true,
        locales: localesOf(config),
        labels: labelsOf(program),
        onMissing: (missing) => logger.warn({ ...missing }, 'A placeholder had nothing to show'),
      }),
      writer: composeWriter(
        config,
        createExtractiveAnswerer(articles, { wrongCost: config.understanding.wrong_cost }),
        now,
        options.generator,
      ),
      actions: options.wrapActions?.(runner) ?? runner,
      store,
      channels: options.channels ?? [],
      clock: { now, elapsedMs: () => performance.now() },
      newId: randomUUID,
      random: options.random ?? Math.random,
      logger,
      failPoints: options.failPoints,
      settings: settingsOf(config, program),
    }),
  );
  await engine.recover();
  return { bot, engine, store, recognizer, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
}

function openStore(
  { files, config }: Bot,
  { storeFile, stateDir = files.stateDir }: OpenBotOptions,
): Promise<SqliteStore> {
  return openSqliteStore({
    file: storeFile ?? storePath(stateDir, config),
    synchronous: config.store.synchronous,
  });
}

/** Where a bot's conversations lie. */
export function storePath(stateDir: string, { store }: Config): string {
  return isAbsolute(store.path) ? store.path : join(stateDir, store.path);
}

function openActions(
  { files }: Bot,
  { environment, stateDir = files.stateDir }: OpenBotOptions,
  now: () => number,
  logger: Logger,
): Promise<LoadedActions> {
  const index = import.meta.url.endsWith('.ts') ? 'index.ts' : 'index.js';
  const engineUrl = new URL(index, import.meta.url).href;
  return loadActions({ botDir: files.botDir, stateDir, engineUrl, env: environment, now, logger });
}

function localesOf(config: Config): readonly [string, ...string[]] {
  const first = defaultLocale(config);
  return [first, ...config.locales.filter((locale) => locale !== first)];
}

function labelsOf({ slots }: Program): Record<string, Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    Object.values(slots).map((slot) => [
      slot.name,
      Object.fromEntries(
        namedValues(slot, slots).flatMap(({ value, label }) => (label ? [[value, label]] : [])),
      ),
    ]),
  );
}

function settingsOf(config: Config, { slots }: Program): EngineSettings {
  const sensitive = Object.values(slots).flatMap(({ name, entities, sensitive: kind }) =>
    kind ? [{ name, entities, kind }] : [],
  );
  return {
    locales: localesOf(config),
    timeZone: config.time_zone,
    maxTextLength: config.limits.message,
    handoverTimeoutMs: config.handover.timeout,
    sensitive: {
      slots: Object.fromEntries(sensitive.map(({ name, kind }) => [name, kind])),
      entities: Object.fromEntries(
        sensitive.flatMap(({ name, entities, kind }) => [name, ...entities].map((entity) => [entity, kind])),
      ),
    },
  };
}
