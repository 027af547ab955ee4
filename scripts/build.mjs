// Builds dist/: plain tsc, then the data files that the sources read beside themselves (YAML, SQL, wasm, packs), then a bundle.
// With --if-needed it does nothing when dist/ is newer than every source.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleDist } from './bundle-dist.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stamp = join(root, 'dist', '.built');

/** @param {string} folder */
function* filesIn(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

const sources = [
  ...filesIn(join(root, 'src')),
  join(root, 'package.json'),
  join(root, 'tsconfig.json'),
  join(root, 'tsconfig.build.json'),
  join(root, 'scripts', 'build.mjs'),
  join(root, 'scripts', 'bundle-dist.mjs'),
];

if (process.argv.includes('--if-needed') && existsSync(stamp)) {
  const builtAt = statSync(stamp).mtimeMs;
  if (sources.every((file) => statSync(file).mtimeMs <= builtAt)) process.exit(0);
}

const startedAt = new Date();
rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit', cwd: root },
);

for (const file of sources) {
  if (!file.startsWith(join(root, 'src')) || /\.(ts|tsx)$|[\\/](kernel|widget)[\\/]/.test(file)) continue;
  const target = join(root, 'dist', relative(join(root, 'src'), file));
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(file, target);
}

const { buildWidget } = await import('./build-widget.mjs').catch(() => ({ buildWidget: undefined }));
if (buildWidget) await buildWidget(join(root, 'dist', 'widget'));

// What this build is known by: caches made by another build are not read.
const hash = createHash('sha256');
for (const file of [...filesIn(join(root, 'src'))].sort())
  if (!/\.(pack)$/.test(file)) hash.update(readFileSync(file));
writeFileSync(join(root, 'dist', 'build-id'), hash.digest('hex').slice(0, 16));

// tsc leaves an import's `.ts` in place where a file also has `await using`: such a file would not load.
for (const file of filesIn(join(root, 'dist'))) {
  if (!file.endsWith('.js') || file.includes(join('dist', 'widget'))) continue;
  if (/import\(['"]\.[^'"]*\.ts['"]\)/.test(readFileSync(file, 'utf8'))) {
    throw new Error(
      `${file} imports a .ts file: keep \`await using\` and \`await import()\` in different files.`,
    );
  }
}

await bundleDist(join(root, 'dist'));
chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
mkdirSync(dirname(stamp), { recursive: true });
writeFileSync(stamp, '');
utimesSync(stamp, startedAt, startedAt);
