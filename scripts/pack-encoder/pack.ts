import {
  MATRIX_SHAPES,
  VECTOR_LENGTHS,
  type MatrixName,
  type VectorName,
} from '../../src/nlu/encoder/network-weights.ts';
import { readRawWeights, type RawWeights } from '../../src/nlu/encoder/raw-weights.ts';
import { bytesInMemory } from '../../src/nlu/encoder/byte-source.ts';
import { readSafetensors } from '../../src/nlu/encoder/safetensors.ts';
import { readSentencePieceModel } from '../../src/nlu/encoder/sentencepiece-model.ts';
import { sentencePieceTables } from '../../src/nlu/encoder/sentencepiece-tables.ts';
import { quantiseColumns } from './column-quantiser.ts';
import { codeEmbedding, type Fineness } from './code-embedding.ts';
import { writeSafetensors, type NewTensor } from './write-safetensors.ts';

export interface PackOptions {
  readonly fineness: readonly Fineness[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Compresses the published weights and their tokeniser into one file. Same input, same bytes. */
export function pack(weightsFile: Uint8Array, tokeniserFile: Uint8Array, options: PackOptions): Uint8Array {
  const model = readSentencePieceModel(tokeniserFile);
  const { tensors } = readSafetensors(bytesInMemory(weightsFile));
  const { pieces, scores, charsmap, unknownId } = sentencePieceTables(model);
  return writeSafetensors(
    {
      'tokeniser.pieces': { dtype: 'U32', shape: [pieces.length], values: pieces },
      'tokeniser.scores': { dtype: 'F32', shape: [scores.length], values: scores },
      'tokeniser.charsmap': { dtype: 'U8', shape: [charsmap.length], values: charsmap },
      ...codeEmbedding(tensors, options.fineness),
      ...packLayers(readRawWeights(tensors)),
    },
    { ...options.metadata, unknownId: String(unknownId) },
  );
}

function packLayers(weights: RawWeights): Record<string, NewTensor> {
  const tensors: Record<string, NewTensor> = {};
  for (const name of Object.keys(MATRIX_SHAPES) as MatrixName[]) {
    const [inner, columns] = MATRIX_SHAPES[name];
    const { codes, scales } = quantiseColumns(weights.matrix(name), columns);
    tensors[`${name}.codes`] = { dtype: 'I8', shape: [inner, columns], values: codes };
    tensors[`${name}.scales`] = { dtype: 'F32', shape: [columns], values: scales };
  }
  for (const name of Object.keys(VECTOR_LENGTHS) as VectorName[]) {
    const values = weights.vector(name);
    tensors[name] = { dtype: 'F32', shape: [values.length], values };
  }
  return tensors;
}
