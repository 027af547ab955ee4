import { readCodedEmbedding } from './coded-embedding.ts';
import type { CodedMatrix, NetworkWeights } from './network-weights.ts';
import { bytesOf, floatsOf, type Tensors } from './safetensors.ts';

/** The weights as a pack holds them: see the decision record on the encoder for what was chosen and why. */
export function readPackedWeights(tensors: Tensors): NetworkWeights {
  return {
    coded: true,
    matrix: (name) => readMatrix(tensors, name),
    vector: (name) => floatsOf(tensors, name),
    embedding: readCodedEmbedding(tensors),
  };
}

/** One byte a number, one scale a column. */
function readMatrix(tensors: Tensors, name: string): CodedMatrix {
  return { codes: bytesOf(tensors, `${name}.codes`, 'I8'), scales: floatsOf(tensors, `${name}.scales`) };
}
