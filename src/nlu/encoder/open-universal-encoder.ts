import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../errors.ts';
import { bytesInMemory, openFileBytes } from './byte-source.ts';
import { ConvolutionNetwork } from './convolution-network.ts';
import { readPackedWeights } from './packed-weights.ts';
import { readRawWeights } from './raw-weights.ts';
import { bytesOf, floatsOf, integersOf, readSafetensors, type Tensors } from './safetensors.ts';
import { readSentencePieceModel } from './sentencepiece-model.ts';
import { sentencePieceTables } from './sentencepiece-tables.ts';
import { SentencePieceTokeniser } from './sentencepiece-tokeniser.ts';
import { UniversalEncoder } from './universal-encoder.ts';

/**
 * Opens a pack: the compressed network and its tokeniser in one file, which stays open: most of the embedding is read
 * from it token by token.
 *
 * @param sha256 - What the file's bytes must hash to, in hexadecimal.
 * @throws EngineError `MODEL_INVALID` when the file is missing, damaged or another one.
 */
export function openPack(file: string | URL, sha256: string): UniversalEncoder {
  const bytes = fromModelFile(file, openFileBytes);
  try {
    if (bytes.sha256() !== sha256) {
      throw new EngineError(
        'MODEL_INVALID',
        `The encoder's file ${String(file)} is damaged: its checksum differs.`,
        {
          fix: 'Install the package again, or write the file anew with `npm run pack-encoder`.',
        },
      );
    }
    const { tensors, metadata } = readSafetensors(bytes);
    return new UniversalEncoder({
      id: sha256,
      tokeniser: readTokeniser(tensors, Number(metadata['unknownId'])),
      network: new ConvolutionNetwork(readPackedWeights(tensors)),
      file: bytes,
    });
  } catch (error) {
    bytes[Symbol.dispose]();
    throw error;
  }
}

function readTokeniser(tensors: Tensors, unknownId: number): SentencePieceTokeniser {
  return new SentencePieceTokeniser({
    pieces: integersOf(tensors, 'tokeniser.pieces'),
    scores: floatsOf(tensors, 'tokeniser.scores'),
    charsmap: bytesOf(tensors, 'tokeniser.charsmap', 'U8'),
    unknownId,
  });
}

/**
 * Opens a folder with the published weights: `model.safetensors` and `sentencepiece.model`. Takes seconds and 100 MB:
 * it is what a pack is made from and measured against.
 *
 * @throws EngineError `MODEL_INVALID` when a file is missing or damaged.
 */
export function openUniversalEncoder(folder: string): UniversalEncoder {
  const weights = fromModelFile(join(folder, 'model.safetensors'), (file) => readFileSync(file));
  const model = fromModelFile(join(folder, 'sentencepiece.model'), (file) => readFileSync(file));
  return new UniversalEncoder({
    id: createHash('sha256').update(weights).update(model).digest('hex'),
    tokeniser: new SentencePieceTokeniser(sentencePieceTables(readSentencePieceModel(model))),
    network: new ConvolutionNetwork(readRawWeights(readSafetensors(bytesInMemory(weights)).tensors)),
  });
}

function fromModelFile<Result>(file: string | URL, read: (file: string | URL) => Result): Result {
  try {
    return read(file);
  } catch (cause) {
    throw new EngineError('MODEL_INVALID', `The encoder's file ${String(file)} cannot be read.`, {
      cause,
      fix: 'Check the path under `encoder:` in usher.yml; for the bundled encoder, install the package again.',
    });
  }
}
