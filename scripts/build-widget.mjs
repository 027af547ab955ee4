// Bundles what browsers run: the chat widget, the inspector, and the pages' style sheet.
import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'widget');

/** @param {string} outFolder */
export async function buildWidget(outFolder) {
  mkdirSync(outFolder, { recursive: true });
  await build({
    entryPoints: [join(source, 'usher-chat.tsx'), join(source, 'inspect.tsx')],
    outdir: outFolder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome120', 'firefox121', 'safari17'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
    tsconfigRaw: {},
  });
  copyFileSync(join(source, 'page.css'), join(outFolder, 'page.css'));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await buildWidget(process.argv[2] ?? join(source, '..', '..', 'dist', 'widget'));
