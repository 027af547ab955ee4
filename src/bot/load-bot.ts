import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import { builtInPatterns } from '../dialogue/built-in-patterns.ts';
import type { Program } from '../dialogue/program.ts';
import { EngineError } from '../errors.ts';
import { templateArguments, validateTemplate } from '../generation/icu-template.ts';
import { hashOf, type BotFiles } from './bot-files.ts';

/** A bot whose files were read and found right. */
export interface Bot {
  readonly files: BotFiles;
  readonly config: Config;
  readonly program: Program;
}

const buildFile = fileURLToPath(new URL('../build-id', import.meta.url));

/**
 * Reads the configuration and the flows. What was parsed and checked once is kept in the state folder under the
 * content's hash, so that an unchanged bot starts at once.
 *
 * @throws EngineError `CONFIG_INVALID` or `FLOW_INVALID` with every finding.
 */
export async function loadBot(
  files: BotFiles,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Bot> {
  const config = readConfig(files.config?.text, environment);
  return { files, config, program: await loadProgram(files, config) };
}

/** Parses the flows, whether they are right or not. */
export async function parseFlows(files: BotFiles, config: Config): Promise<Program> {
  const { parseProgram } = await import('../dialogue/parse-program.ts');
  return parseProgram(files.flows, { locales: config.locales, builtin: builtInPatterns() });
}

async function loadProgram(files: BotFiles, config: Config): Promise<Program> {
  const buildId = readBuildId();
  if (buildId === undefined) return parseAndCheck(files, config);
  const key = hashOf(buildId, JSON.stringify(config.locales), files.flows);
  const cached = join(files.stateDir, 'cache', `program-${key}.json`);
  const kept = readCached(cached);
  if (kept) return kept;
  const program = await parseAndCheck(files, config);
  await keep(cached, JSON.stringify(program));
  return program;
}

async function parseAndCheck(files: BotFiles, config: Config): Promise<Program> {
  const program = await parseFlows(files, config);
  const { checkProgram } = await import('../dialogue/check-program.ts');
  const errors = checkProgram(program, {
    templates: { validate: validateTemplate, arguments: templateArguments },
  }).filter((finding) => finding.severity === 'error');
  if (errors.length > 0)
    throw new EngineError('FLOW_INVALID', 'The flows are not valid.', { diagnostics: errors });
  return program;
}

/** What this build of the engine is known by; `undefined` when it runs from its sources. */
function readBuildId(): string | undefined {
  return existsSync(buildFile) ? readFileSync(buildFile, 'utf8') : undefined;
}

function readCached(path: string): Program | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Program;
  } catch {
    // A half-written file is as good as none: it is written again.
    return undefined;
  }
}

/** A cache that cannot be written costs time, nothing else. */
async function keep(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.part`, text);
    await rename(`${path}.part`, path);
  } catch {
    return;
  }
}
