import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { EngineError } from '../../errors.ts';
import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command, type CommandContext, type Invocation } from '../command.ts';

interface Finding {
  readonly what: string;
  readonly state: 'good' | 'note' | 'bad';
  readonly detail: string;
  readonly fix?: string;
}

type Probe = (invocation: Invocation, context: CommandContext) => Finding | Promise<Finding>;

export const doctor: Command = {
  name: 'doctor',
  summary: 'Say what this machine and configuration can do, what is missing, and the fix.',
  options: [botOption, { flags: '--json', description: 'Print one JSON array.' }],
  examples: [
    {
      line: 'usher doctor',
      does: 'Looks at Node, SQLite, WebAssembly, disk, the bot, its model and its language model.',
    },
  ],

  async run(invocation, context) {
    const findings: Finding[] = [];
    for (const probe of probes) findings.push(await tried(probe, invocation, context));
    const { terminal } = context;
    if (invocation.options['json'] === true) terminal.out(JSON.stringify(findings, undefined, 2));
    else for (const finding of findings) terminal.out(render(finding, context));
    return findings.some(({ state }) => state === 'bad') ? ExitCode.failed : ExitCode.ok;
  },
};

const probes: readonly Probe[] = [
  node,
  memory,
  unicode,
  webAssembly,
  sqlite,
  bot,
  state,
  model,
  languageModel,
];

async function tried(probe: Probe, invocation: Invocation, context: CommandContext): Promise<Finding> {
  try {
    return await probe(invocation, context);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const fix =
      error instanceof EngineError ? (error.fix ?? 'Run `usher check` for the places.') : 'See the message.';
    return { what: probe.name, state: 'bad', detail, fix };
  }
}

function render(
  { what, state: how, detail, fix }: Finding,
  { terminal: { colours } }: CommandContext,
): string {
  const mark = { good: colours.green('✓'), note: colours.yellow('•'), bad: colours.red('✗') }[how];
  return `${mark} ${what.padEnd(15)} ${detail}${fix ? `\n  ${colours.dim('fix:')} ${fix}` : ''}`;
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = (major === 20 && minor >= 19) || (major === 22 && minor >= 14) || major > 22;
  return {
    what: 'node',
    state: good ? 'good' : 'bad',
    detail: `${process.version} on ${process.platform} ${process.arch}`,
    ...(good ? {} : { fix: 'Install Node 20.19 or newer of its line, or 22.14 or newer.' }),
  };
}

function memory(): Finding {
  const gigabytes = totalmem() / 2 ** 30;
  return {
    what: 'machine',
    state: 'good',
    detail: `${availableParallelism()} cores, ${gigabytes.toFixed(1)} GiB of memory`,
  };
}

function unicode(): Finding {
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment('我的订单')].length;
  return words > 1 && words < 4
    ? { what: 'unicode', state: 'good', detail: `ICU ${process.versions['icu'] ?? '?'} segments Chinese` }
    : {
        what: 'unicode',
        state: 'bad',
        detail: 'this Node has no full ICU',
        fix: 'Use an official build of Node.',
      };
}

/** A module whose one function returns a v128: valid only where SIMD is. */
const simdProbe = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]);

function webAssembly(): Finding {
  return WebAssembly.validate(simdProbe)
    ? { what: 'webassembly', state: 'good', detail: 'SIMD is there: the sentence encoder runs at full speed' }
    : {
        what: 'webassembly',
        state: 'note',
        detail: 'no SIMD: the sentence encoder runs in plain JavaScript, some ten times slower',
      };
}

async function sqlite(): Promise<Finding> {
  try {
    const { sqliteVersion } = await import('../../store/sqlite-version.ts');
    return { what: 'sqlite', state: 'good', detail: `${sqliteVersion()}, with full-text search` };
  } catch (error) {
    return {
      what: 'sqlite',
      state: 'bad',
      detail: `better-sqlite3 does not load: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
      fix: 'Run `npm rebuild better-sqlite3`. Without a network, set npm_config_nodedir to where Node is installed (the folder with include/node). With npm 12, put "allowScripts": {"better-sqlite3": true} into your package.json.',
    };
  }
}

function bot(invocation: Invocation, context: CommandContext): Finding {
  const files = filesOf(invocation, context);
  const counts = `${files.flows.length} flow files, ${files.training.length} training files, ${files.knowledge.length} articles, ${files.tests.length} test files`;
  return { what: 'bot', state: 'good', detail: `${files.botDir}: ${counts}` };
}

function state(invocation: Invocation, context: CommandContext): Finding {
  const { stateDir } = filesOf(invocation, context);
  let folder = stateDir;
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  accessSync(folder, constants.W_OK);
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / 2 ** 30;
  const detail = `${stateDir} is writable, ${free.toFixed(1)} GiB free`;
  return free > 0.5
    ? { what: 'state', state: 'good', detail }
    : {
        what: 'state',
        state: 'bad',
        detail,
        fix: 'Make room, or set USHER_STATE to a folder on another disk.',
      };
}

async function model(invocation: Invocation, context: CommandContext): Promise<Finding> {
  const { loadBot } = await import('../../bot/load-bot.ts');
  const { modelState } = await import('../../bot/train-bot.ts');
  const found = modelState(await loadBot(filesOf(invocation, context), context.env));
  if (found.kind === 'fresh') return { what: 'model', state: 'good', detail: `${found.id} is up to date` };
  const detail =
    found.kind === 'missing'
      ? 'the bot was never trained'
      : 'the training data changed since the model was trained';
  return { what: 'model', state: 'note', detail, fix: 'Run `usher train`; `usher chat` does it by itself.' };
}

async function languageModel(invocation: Invocation, context: CommandContext): Promise<Finding> {
  const { readConfig } = await import('../../config.ts');
  const { openai, free_replies: on } = readConfig(
    filesOf(invocation, context).config?.text,
    context.env,
  ).generation;
  if (!openai) {
    return {
      what: 'language model',
      state: 'good',
      detail: 'none configured: answers are quoted from knowledge/',
    };
  }
  const detail = `${openai.model} at ${openai.base_url}${on ? '' : ', not switched on'}`;
  if (!on)
    return {
      what: 'language model',
      state: 'note',
      detail,
      fix: 'Set generation.free_replies: true, or USHER_FREE_REPLIES=true.',
    };
  if (openai.base_url.includes('api.openai.com') && openai.api_key === undefined) {
    return {
      what: 'language model',
      state: 'bad',
      detail: `${detail}, without a key`,
      fix: 'Set OPENAI_API_KEY.',
    };
  }
  return { what: 'language model', state: 'good', detail };
}
