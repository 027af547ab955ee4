import { z } from 'zod';
import { configSchema, type Config } from './config-schema.ts';
import { EngineError, type Diagnostic } from './errors.ts';
import { nearestName } from './nearest-name.ts';
import { readYaml, type YamlPath, type YamlSource } from './yaml-source.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that the environment may give; it wins over the file. */
export const environmentVariables: readonly {
  readonly name: string;
  readonly path: YamlPath;
  readonly read: (text: string) => unknown;
  readonly about: string;
}[] = [
  { name: 'PORT', path: ['server', 'port'], read: Number, about: 'port of the web page and the API' },
  { name: 'HOST', path: ['server', 'host'], read: String, about: 'address the server listens on' },
  {
    name: 'USHER_TRUST_PROXY',
    path: ['server', 'trust_proxy'],
    read: (text) => text.split(',').map((part) => part.trim()),
    about: 'proxies whose X-Forwarded-For is believed, separated by commas',
  },
  {
    name: 'USHER_LLM_BASE_URL',
    path: ['generation', 'openai', 'base_url'],
    read: String,
    about: 'base URL of an OpenAI-compatible server',
  },
  {
    name: 'USHER_LLM_MODEL',
    path: ['generation', 'openai', 'model'],
    read: String,
    about: 'model that writes free replies',
  },
  {
    name: 'OPENAI_API_KEY',
    path: ['generation', 'openai', 'api_key'],
    read: String,
    about: "that server's key",
  },
  {
    name: 'USHER_FREE_REPLIES',
    path: ['generation', 'free_replies'],
    read: readBoolean,
    about: 'true lets the model reply where no flow matches',
  },
  {
    name: 'USHER_ENCODER',
    path: ['understanding', 'encoder'],
    read: String,
    about: 'none, bundled, or the folder of an ONNX encoder',
  },
  {
    name: 'USHER_USER_TOKEN_SECRET',
    path: ['server', 'user_token_secret'],
    read: String,
    about: 'secret of signed user tokens',
  },
  {
    name: 'USHER_OPERATOR_TOKEN',
    path: ['server', 'operator_token'],
    read: String,
    about: "an operator's token",
  },
  {
    name: 'USHER_WEBHOOK_SECRET',
    path: ['channels', 'webhook', 'secret'],
    read: String,
    about: 'secret of the generic webhook',
  },
];

/**
 * Reads the configuration; all that is wrong is reported at once.
 *
 * @param text - `usher.yml`; `undefined` where the bot has none.
 * @throws EngineError `CONFIG_INVALID` with a diagnostic for each fault, naming the key and, where it came from there,
 * the environment variable.
 */
export function readConfig(text: string | undefined, environment: Environment): Config {
  const source = readYaml('usher.yml', text ?? '');
  if (source.diagnostics.length > 0) throw invalid(source.diagnostics);
  const value = source.value ?? {};
  if (!isRecord(value))
    throw invalid([diagnose(source, [], 'The file is not a map of settings.', 'Write `key: value` lines.')]);

  const fromEnvironment = new Map<string, string>();
  const merged = structuredClone(value);
  for (const { name, path, read } of environmentVariables) {
    const given = environment[name];
    // A key alone switches nothing on: a model has to be named, here or in the file.
    if (given === undefined || given === '') continue;
    if (name === 'OPENAI_API_KEY' && !isRecord(getIn(merged, ['generation', 'openai']))) continue;
    setIn(merged, path, read(given));
    fromEnvironment.set(path.join('.'), name);
  }

  const parsed = configSchema.safeParse(merged);
  if (!parsed.success)
    throw invalid(parsed.error.issues.flatMap((issue) => toDiagnostics(issue, source, fromEnvironment)));
  const { default_locale: chosen, locales } = parsed.data;
  if (chosen !== undefined && !locales.includes(chosen)) {
    throw invalid([
      diagnose(
        source,
        ['default_locale'],
        `"default_locale" is "${chosen}", which "locales" does not list.`,
        `Add "${chosen}" to "locales".`,
      ),
    ]);
  }
  return Object.freeze(parsed.data);
}

export function defaultLocale(config: Config): string {
  return config.default_locale ?? config.locales[0] ?? 'en';
}

function toDiagnostics(
  issue: z.core.$ZodIssue,
  source: YamlSource,
  fromEnvironment: ReadonlyMap<string, string>,
): Diagnostic[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(path);
    return issue.keys.map((key) => ({
      ...diagnose(
        source,
        [...path, key],
        `The key "${[...path, key].join('.')}" is unknown.`,
        fixFor(key, known),
      ),
      position: source.keyPositionOf([...path, key]),
    }));
  }
  const key = path.join('.');
  const variable = [...fromEnvironment].find(([at]) => at === key)?.[1];
  const where = variable ? `"${key}" (from the environment variable ${variable})` : `"${key}"`;
  return [
    diagnose(
      source,
      path,
      `${where}: ${issue.message}.`,
      variable ? `Correct ${variable}.` : 'Correct the value.',
    ),
  ];
}

function fixFor(key: string, known: readonly string[]): string {
  const home = Object.keys(configSchema.shape).find((section) => knownKeys([section]).includes(key));
  if (home !== undefined) return `Write it below "${home}": ${home}.${key}.`;
  const near = nearestName(key, known);
  return near ? `Did you mean "${near}"?` : `Known here: ${known.join(', ')}.`;
}

function knownKeys(path: YamlPath): readonly string[] {
  let schema: unknown = configSchema;
  for (const part of path) schema = unwrap((unwrap(schema) as z.ZodObject).shape[String(part)]);
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault)
    inner = inner.unwrap();
  return inner;
}

function diagnose(source: YamlSource, path: YamlPath, message: string, fix: string): Diagnostic {
  return { severity: 'error', rule: 'config', message, fix, position: source.positionOf(path) };
}

function invalid(diagnostics: readonly Diagnostic[]): EngineError {
  return new EngineError('CONFIG_INVALID', 'The configuration is not valid.', { diagnostics });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function getIn(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[String(key)] : undefined), value);
}

function setIn(root: Record<string, unknown>, path: YamlPath, value: unknown): void {
  let inner = root;
  for (const key of path.slice(0, -1).map(String)) {
    const next = inner[key];
    inner = isRecord(next) ? next : (inner[key] = {});
  }
  inner[String(path.at(-1))] = value;
}

function readBoolean(text: string): unknown {
  if (['1', 'true', 'on', 'yes'].includes(text.toLowerCase())) return true;
  if (['0', 'false', 'off', 'no'].includes(text.toLowerCase())) return false;
  return text;
}
