import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Message, type OnResolveResult, type Plugin } from 'esbuild';
import { EngineError, type Diagnostic } from '../errors.ts';
import {
  actionFiles,
  buildFolder,
  hashOf,
  manifestName,
  type BuildManifest,
  type BuildPlace,
} from './find-build.ts';

/**
 * Compiles a bot's actions into one module under the state folder.
 *
 * @returns Its URL; `undefined` when the bot has no actions.
 * @throws EngineError `ACTIONS_INVALID` with the position of each fault.
 */
export async function buildActions(place: BuildPlace): Promise<string | undefined> {
  const { botDir } = place;
  const files = actionFiles(botDir);
  if (files.length === 0) return undefined;
  const { code, inputs } = await compile(place, entryOf(files));
  const hashes = inputs.map((file) => [file, hashOf(join(botDir, file)) ?? ''] as const);
  return write(place, code, Object.fromEntries(hashes));
}

/** A module that hands over what each file exports, with `setup` apart. */
function entryOf(files: readonly string[]): string {
  const actions = files.filter((file) => file !== setupFile);
  return [
    ...actions.map((file, place) => `import * as exports${place} from './${file}';`),
    'export const modules = [',
    ...actions.map((file, place) => `  { file: ${JSON.stringify(file)}, exports: exports${place} },`),
    '];',
    files.includes(setupFile) ? `export { setup } from './${setupFile}';` : 'export const setup = undefined;',
  ].join('\n');
}

const setupFile = 'actions/setup.ts';

async function compile(
  { botDir, engineUrl }: BuildPlace,
  entry: string,
): Promise<{ readonly code: string; readonly inputs: readonly string[] }> {
  try {
    const { outputFiles, metafile } = await build({
      stdin: { contents: entry, resolveDir: botDir, sourcefile: entryName, loader: 'js' },
      absWorkingDir: botDir,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      charset: 'utf8',
      write: false,
      metafile: true,
      logLevel: 'silent',
      plugins: [resolveImports(engineUrl)],
    });
    const inputs = Object.keys(metafile.inputs).filter((file) => file !== entryName && !file.includes(':'));
    return { code: outputFiles[0]?.text ?? '', inputs };
  } catch (error) {
    const { errors = [] } = error as { readonly errors?: readonly Message[] };
    if (errors.length === 0) throw error;
    throw new EngineError('ACTIONS_INVALID', 'The bot’s actions do not compile.', {
      cause: error,
      diagnostics: errors.map(diagnosticOf),
    });
  }
}

const entryName = 'usher-actions-entry.js';

/** Packages stay where the bot's folder finds them; `usher-engine` becomes the running engine. */
function resolveImports(engineUrl: string): Plugin {
  const isInner = Symbol('inner');
  return {
    name: 'usher-imports',
    setup(bundler) {
      bundler.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...where }) => {
        if (pluginData === isInner || isBuiltin(path)) return undefined;
        if (path === 'usher-engine') return engineModule(engineUrl);
        const { importer, namespace, resolveDir, kind } = where;
        const options = { importer, namespace, resolveDir, kind, pluginData: isInner };
        const found = await bundler.resolve(path, options);
        if (found.errors.length > 0) return { errors: found.errors };
        // A path that the bot's tsconfig maps to a source of its own is compiled with the rest.
        const isPackage = found.path.includes(`${sep}node_modules${sep}`);
        return isPackage ? { path: pathToFileURL(found.path).href, external: true } : { path: found.path };
      });
      bundler.onLoad({ filter: /.*/, namespace: 'usher-engine' }, ({ path }) => ({
        contents: authorsApi,
        resolveDir: dirname(path),
      }));
    },
  };
}

/** Run from its TypeScript sources, which Node cannot import, the engine's part for authors is compiled in. */
function engineModule(engineUrl: string): OnResolveResult {
  if (!engineUrl.endsWith('.ts')) return { path: engineUrl, external: true };
  return { path: fileURLToPath(engineUrl), namespace: 'usher-engine' };
}

const authorsApi = `
  export { defineAction } from './actions/action.ts';
  export { EngineError } from './errors.ts';
`;

function write({ stateDir, engineUrl }: BuildPlace, code: string, inputs: BuildManifest['inputs']): string {
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const output = join(hash, 'actions.mjs');
  const folder = buildFolder(stateDir);
  mkdirSync(join(folder, hash), { recursive: true });
  replace(join(folder, output), code);
  const manifest: BuildManifest = { engineUrl, inputs, output };
  replace(join(folder, manifestName), JSON.stringify(manifest, undefined, 2));
  return pathToFileURL(join(folder, output)).href;
}

/** Never leaves half a file, also when two processes build at once. */
function replace(file: string, text: string): void {
  const temporary = `${file}.${randomUUID()}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

function diagnosticOf({ text, location }: Message): Diagnostic {
  const before = Buffer.from(location?.lineText ?? '').subarray(0, location?.column ?? 0);
  return {
    severity: 'error',
    rule: 'action-compiles',
    message: `${text}.`,
    position: {
      file: location?.file ?? 'actions',
      line: location?.line ?? 1,
      column: before.toString().length + 1,
    },
  };
}
