import type { EvaluationOptions } from '../../nlu/evaluation/evaluate-split.ts';
import type { EvaluationReport } from '../../nlu/evaluation/evaluation-report.ts';
import type { Encoder } from '../../nlu/encoder/encoder.ts';
import type { TrainingExample } from '../../nlu/training-example.ts';
import { EngineError } from '../../errors.ts';
import { filesOf } from '../bot-option.ts';
import { ExitCode, type Command, type CommandContext, type Invocation } from '../command.ts';

type SharedOptions = Omit<EvaluationOptions, 'data' | 'locales' | 'builtin' | 'wrongCost' | 'seed'>;

export const evaluate: Command = {
  name: 'evaluate',
  summary: 'Measure how well the recogniser understands a data set, or the bot by cross-validation.',
  description:
    'With --data, trains on train.jsonl, tunes on valid.jsonl where there is one, and scores test.jsonl. Without it, cross-validates the training data of a bot. docs/accuracy.md explains every figure and the keys of --json.',
  options: [
    { flags: '--bot <dir>', description: "The bot's folder, when there is no --data.", default: '.' },
    { flags: '--data <dir>', description: 'A folder with train.jsonl, test.jsonl and perhaps valid.jsonl.' },
    {
      flags: '--train <file>',
      description: 'Train on this file of the folder; then valid.jsonl is not read unless --valid names it.',
    },
    { flags: '--valid <file>', description: 'Tune on this file of the folder.' },
    { flags: '--test <file>', description: 'Score this file of the folder.', default: 'test.jsonl' },
    { flags: '--names-only', description: "Train on the intents' names alone." },
    {
      flags: '--knowledge <file>',
      description:
        "Ask the questions of this file of the bot's articles instead: how many find their article.",
    },
    { flags: '--folds <number>', description: 'Folds of the cross-validation.', default: '5' },
    {
      flags: '--encoder <name>',
      description: "none, bundled, or an encoder's folder; the default is bundled, or the bot's own.",
    },
    {
      flags: '--wrong-cost <number>',
      description:
        'What acting wrongly costs, where asking once more costs 1; 0.8 when neither this nor usher.yml says.',
    },
    {
      flags: '--context',
      description: 'Tell the recogniser which question was asked, and score without it too.',
    },
    { flags: '--no-shortcut', description: 'Ask the encoder about every line, also where n-grams are sure.' },
    { flags: '--seed <number>', description: 'Seed of every random choice.', default: '1' },
    {
      flags: '--cache <dir>',
      description: 'Keep sentence vectors here, so that evaluating again does not encode again.',
    },
    { flags: '--json', description: 'Print one JSON object.' },
    { flags: '--html <file>', description: 'Also write a report for a browser.' },
  ],
  examples: [
    { line: 'usher evaluate', does: 'Cross-validates the bot here.' },
    { line: 'usher evaluate --data ../data/banking77 --json', does: 'Scores a data set, for a script.' },
    {
      line: 'usher evaluate --knowledge test/knowledge/questions.jsonl',
      does: 'Asks the questions of the articles.',
    },
    { line: 'usher evaluate --html report.html', does: 'Writes confusions and curves for a browser.' },
  ],

  async run(invocation, context) {
    const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
    const { tmpdir } = await import('node:os');
    const path = await import('node:path');
    const { options } = invocation;
    const scratch = await mkdtemp(path.join(tmpdir(), 'usher-evaluate-'));
    const bar = context.terminal.progress('Evaluating');
    const encoder = await encoderFor(invocation, context);
    try {
      if (typeof options['knowledge'] === 'string') {
        const { evaluateKnowledge } = await import('./evaluate-knowledge.ts');
        return await evaluateKnowledge(options['knowledge'], encoder, invocation, context);
      }
      const shared: SharedOptions = {
        context: options['context'] === true,
        encoder,
        shortcut: options['shortcut'] !== false,
        clock: () => performance.now(),
        scratch,
        cacheFolder:
          typeof options['cache'] === 'string' ? path.resolve(context.cwd, options['cache']) : undefined,
        signal: context.signal,
        onProgress: ({ share, step }) => bar.update(share, step),
      };
      const report =
        typeof options['data'] === 'string'
          ? await evaluateData(options['data'], shared, invocation, context)
          : await evaluateBot(shared, invocation, context);
      bar.done(`Evaluated ${report.test.lines} lines.`);
      await print(report, invocation, context);
      if (typeof options['html'] === 'string') {
        const { renderHtml } = await import('../../nlu/evaluation/render-html.ts');
        await writeFile(path.resolve(context.cwd, options['html']), renderHtml(report));
      }
      return ExitCode.ok;
    } finally {
      await encoder?.[Symbol.asyncDispose]();
      await rm(scratch, { recursive: true, force: true });
    }
  },
};

async function encoderFor(
  invocation: Invocation,
  { env, cwd }: CommandContext,
): Promise<Encoder | undefined> {
  const path = await import('node:path');
  const { loadEncoder } = await import('../../nlu/encoder/load-encoder.ts');
  const { options } = invocation;
  const named = textOf(options['encoder']);
  if (named !== undefined)
    return loadEncoder(['none', 'bundled'].includes(named) ? named : path.resolve(cwd, named));
  if (typeof options['data'] === 'string') return loadEncoder('bundled');
  const { readConfig } = await import('../../config.ts');
  const { openEncoder } = await import('../../bot/open-encoder.ts');
  const { readBotFiles } = await import('../../bot/bot-files.ts');
  const files = readBotFiles(path.resolve(cwd, String(options['bot'] ?? '.')), env['USHER_STATE']);
  return openEncoder(readConfig(files.config?.text, env), files.botDir);
}

async function evaluateData(
  folder: string,
  shared: SharedOptions,
  { options }: Invocation,
  { cwd, readText }: CommandContext,
): Promise<EvaluationReport> {
  const path = await import('node:path');
  const { dataOf, namesAsExamples, parseDataLines } = await import('../../nlu/evaluation/data-set.ts');
  const { evaluateSplit } = await import('../../nlu/evaluation/evaluate-split.ts');
  const { defaultRejectorSettings } = await import('../../nlu/rejector.ts');
  const read = (name: string): readonly TrainingExample[] | undefined => {
    const text = readText(path.resolve(cwd, folder, name));
    return text === undefined ? undefined : parseDataLines(name, text);
  };
  const need = (name: string): readonly TrainingExample[] => {
    const examples = read(name);
    if (examples && examples.length > 0) return examples;
    throw new EngineError('DATA_INVALID', `${name} in ${folder} is missing or empty.`, {
      fix: 'Name a folder that holds train.jsonl and test.jsonl, or the files with --train and --test.',
    });
  };
  const trainName = textOf(options['train']) ?? 'train.jsonl';
  const validName = textOf(options['valid']) ?? (options['train'] === undefined ? 'valid.jsonl' : undefined);
  const testName = textOf(options['test']) ?? 'test.jsonl';

  const written = need(trainName);
  const train = options['namesOnly'] === true ? namesAsExamples(written) : written;
  const valid =
    validName === undefined ? undefined : options['valid'] === undefined ? read(validName) : need(validName);
  return evaluateSplit(
    {
      train: { files: [trainName], examples: train },
      valid: valid && validName !== undefined ? { files: [validName], examples: valid } : undefined,
      test: { files: [testName], examples: need(testName) },
    },
    dataOf(train),
    {
      ...shared,
      data: folder,
      locales: [...new Set(written.map(({ locale }) => locale))],
      builtin: false,
      seed: numberOf(options['seed'], '--seed') ?? 1,
      wrongCost: numberOf(options['wrongCost'], '--wrong-cost') ?? defaultRejectorSettings.wrongCost,
    },
  );
}

async function evaluateBot(
  shared: SharedOptions,
  invocation: Invocation,
  context: CommandContext,
): Promise<EvaluationReport> {
  const { loadBot } = await import('../../bot/load-bot.ts');
  const { readTrainingSet } = await import('../../bot/training-set.ts');
  const { evaluateFolds } = await import('../../nlu/evaluation/evaluate-folds.ts');
  const { options } = invocation;
  const files = filesOf(invocation, context);
  const { config, program } = await loadBot(files, context.env);
  const folds = numberOf(options['folds'], '--folds') ?? 5;
  return evaluateFolds(
    readTrainingSet(files, program, config),
    files.training.map(({ file }) => file),
    Math.max(2, Math.round(folds)),
    {
      ...shared,
      data: config.name,
      locales: config.locales,
      builtin: true,
      seed: numberOf(options['seed'], '--seed') ?? config.understanding.seed,
      wrongCost: numberOf(options['wrongCost'], '--wrong-cost') ?? config.understanding.wrong_cost,
    },
  );
}

async function print(
  report: EvaluationReport,
  { options }: Invocation,
  { terminal }: CommandContext,
): Promise<void> {
  if (options['json'] === true) {
    terminal.out(JSON.stringify(report, undefined, 2));
    return;
  }
  const { renderTable } = await import('../../nlu/evaluation/render-table.ts');
  terminal.out(renderTable(report, terminal.colours.bold, terminal.colours.dim));
}

function textOf(option: string | boolean | undefined): string | undefined {
  return typeof option === 'string' ? option : undefined;
}

function numberOf(option: string | boolean | undefined, flag: string): number | undefined {
  if (typeof option !== 'string') return undefined;
  const value = Number(option);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new EngineError('USAGE', `${flag} takes a number, not "${option}".`);
}
