// npm run pack-encoder -- FOLDER: compresses published encoder weights into the file that the repository carries.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'node_modules', '.cache', 'pack-encoder');
const outfile = join(folder, 'main.mjs');

mkdirSync(folder, { recursive: true });
await build({
  entryPoints: [join(root, 'scripts', 'pack-encoder', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
});
await import(outfile);
