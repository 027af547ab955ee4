// Runs a TypeScript script or benchmark from the sources: node scripts/run-ts.mjs bench/turns.ts [arguments]
import { spawn } from 'node:child_process';
import { bundle } from './bundle.mjs';

const [source, ...rest] = process.argv.slice(2);
if (source === undefined) throw new Error('Usage: node scripts/run-ts.mjs <file.ts> [arguments]');
const child = spawn(process.execPath, ['--expose-gc', await bundle(source), ...rest], { stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
