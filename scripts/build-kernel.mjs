// Compiles the WebAssembly kernels (AssemblyScript) into modules that hold them as base64, which are committed so that
// running needs no compiler. With --check it fails when a module does not belong to its source.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kernels = [
  {
    source: 'src/nlu/encoder/kernel/multiply.ts',
    module: 'src/nlu/encoder/kernel-binary.ts',
    name: 'kernelBinary',
    about: 'The compiled matrix kernel (kernel/multiply.ts)',
  },
  {
    source: 'src/nlu/kernel/softmax-epoch.ts',
    module: 'src/nlu/softmax-kernel-binary.ts',
    name: 'softmaxKernelBinary',
    about: 'The compiled training kernel (kernel/softmax-epoch.ts)',
  },
  {
    source: 'src/nlu/kernel/read-ngrams.ts',
    module: 'src/nlu/ngram-kernel-binary.ts',
    name: 'ngramKernelBinary',
    about: 'The compiled kernel that reads n-grams (kernel/read-ngrams.ts)',
  },
];

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} source */
function compile(source) {
  const folder = mkdtempSync(join(tmpdir(), 'usher-kernel-'));
  const built = join(folder, 'kernel.wasm');
  try {
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js'),
        source,
        ...['--outFile', built, '--enable', 'simd', '--runtime', 'stub', '--importMemory', '--noAssert'],
        ...['--optimizeLevel', '3', '--shrinkLevel', '0'],
      ],
      { cwd: root, stdio: 'inherit' },
    );
    return readFileSync(built).toString('base64');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const { source, module, name, about } of kernels) {
  if (!existsSync(join(root, source))) continue;
  const lines = compile(source).match(/.{1,100}/g) ?? [];
  const text = [
    `/** ${about}, base64; written by scripts/build-kernel.mjs. */`,
    `export const ${name}: string =`,
    `${lines.map((line) => `  '${line}'`).join(' +\n')};`,
    '',
  ].join('\n');
  if (!process.argv.includes('--check')) writeFileSync(join(root, module), text);
  else if (text !== readFileSync(join(root, module), 'utf8')) {
    console.error(`${module} does not match ${source}. Run: node scripts/build-kernel.mjs`);
    process.exitCode = 1;
  }
}
