import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const models = resolve(process.env['USHER_MODELS'] ?? '../shared/models');

/** The folder of a published encoder, or `undefined` (said once, on standard error) where it is not at hand. */
export function publishedWeights(name: 'use-multilingual' | 'all-MiniLM-L6-v2'): string | undefined {
  const folder = join(models, name);
  if (existsSync(folder)) return folder;
  process.stderr.write(`skipped: ${folder} is absent (set USHER_MODELS)\n`);
  return undefined;
}
