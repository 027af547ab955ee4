import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Files that a source reads beside itself are found from its own place, not from the bundle's. */
const keepModuleUrls = {
  name: 'keep-module-urls',
  /** @param {import('esbuild').PluginBuild} build */
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const url = JSON.stringify(pathToFileURL(path).href);
      const contents = text
        .replaceAll('import.meta.url', url)
        .replaceAll('import.meta.resolve(', `((path) => new URL(path, ${url}).href)(`);
      return { contents, loader: 'ts' };
    });
  },
};

/**
 * Compiles one TypeScript file and what it imports of this repository into a module that Node runs.
 *
 * @param {string} source Relative to the repository.
 * @returns {Promise<string>} The module's path, below node_modules so that packages resolve.
 */
export async function bundle(source) {
  const outfile = join(root, 'node_modules', '.cache', 'usher-scripts', source.replace(/\.ts$/, '.mjs'));
  const {
    outputFiles: [module],
  } = await build({
    entryPoints: [join(root, source)],
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
    plugins: [keepModuleUrls],
  });
  // Others may run it at this moment: they find the old one or the new one, never half of one.
  mkdirSync(dirname(outfile), { recursive: true });
  const unfinished = `${outfile}.${randomUUID()}`;
  writeFileSync(unfinished, module.contents);
  renameSync(unfinished, outfile);
  return outfile;
}
