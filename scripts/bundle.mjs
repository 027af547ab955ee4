import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * Compiles one TypeScript file and what it imports of this repository into a module that Node runs.
 *
 * @param {string} source Relative to the repository.
 * @returns {Promise<string>} The module's path, below node_modules so that packages resolve.
 */
export async function bundle(source) {
  const outfile = join(root, 'node_modules', '.cache', 'usher-scripts', source.replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [join(root, source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  });
  return outfile;
}
