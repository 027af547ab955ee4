import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Packages of many small files, which take longer to find than to run; all others stay where they are installed. */
const bundled = ['commander', 'xstate', 'yaml', 'zod'];

/**
 * Puts what `dist/index.js` and `dist/cli/main.js` import into few files, `dist/bundle/`, and leads both there: a start then
 * opens some forty files instead of four hundred. The single files stay for what is started by its own path, such as worker
 * threads.
 *
 * @param {string} dist As tsc left it.
 */
export async function bundleDist(dist) {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const packages = Object.keys({ ...dependencies, ...peerDependencies });
  await build({
    absWorkingDir: root,
    entryPoints: [join(dist, 'index.js'), join(dist, 'cli', 'main.js')],
    outdir: join(dist, 'bundle'),
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: packages.filter((name) => !bundled.includes(name)),
    // Bundled CommonJS asks for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as bundleRequire } from 'node:module';\nconst require = bundleRequire(import.meta.url);",
    },
    logLevel: 'warning',
    plugins: [keepModuleUrls(dist)],
  });
  writeFileSync(join(dist, 'bundle', 'LICENSES.txt'), bundled.map(licenceOf).join('\n\n'));
  writeFileSync(join(dist, 'index.js'), "export * from './bundle/index.js';\n");
  writeFileSync(join(dist, 'cli', 'main.js'), "#!/usr/bin/env node\nimport '../bundle/main.js';\n");
  await loadAll(join(dist, 'bundle'));
}

/**
 * Loads each file but the command line's: what fails in the bundle alone, where a package stands twice, fails here and not
 * at somebody's start.
 *
 * @param {string} folder
 */
async function loadAll(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.js') && file !== 'main.js');
  for (const file of files) await import(pathToFileURL(join(folder, file)).href);
}

/**
 * Files that a module reads beside itself are found from the module's own place, not from the bundle's.
 *
 * @param {string} dist
 * @returns {import('esbuild').Plugin}
 */
function keepModuleUrls(dist) {
  return {
    name: 'keep-module-urls',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, ({ path }) => {
        if (!path.startsWith(dist + sep)) return undefined;
        const place = JSON.stringify(`../${relative(dist, path).split(sep).join('/')}`);
        const text = readFileSync(path, 'utf8')
          .replace(/^#!.*/, '')
          // As a namespace, what is not used of it is left out: fifty languages of messages.
          .replace(/import \{ z \} from ["']zod["'];/, "import * as z from 'zod';");
        return {
          contents: text.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`),
          loader: 'js',
        };
      });
    },
  };
}

/** @param {string} name */
function licenceOf(name) {
  const folder = join(root, 'node_modules', name);
  const file = existsSync(folder) && readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} is to be bundled, and its licence is not in ${folder}.`);
  return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
}
