import { readCodedEmbedding } from './coded-embedding.ts';
import type { NetworkWeights } from './network-weights.ts';
import { bytesOf, floatsOf, type Tensors } from './safetensors.ts';

/** The weights as a pack holds them: see the decision record on the encoder for what was chosen and why. */
export function readPackedWeights(tensors: Tensors): NetworkWeights {
  return {
    matrix: (name) => readMatrix(tensors, name),
    vector: (name) => floatsOf(tensors, name),
    embedding: readCodedEmbedding(tensors),
  };
}

/** One byte a number, one scale a column. */
function readMatrix(tensors: Tensors, name: string): Float32Array {
  const codes = bytesOf(tensors, `${name}.codes`, 'I8');
  const scales = floatsOf(tensors, `${name}.scales`);
  const columns = scales.length;
  const values = new Float32Array(codes.length);
  for (let start = 0; start < codes.length; start += columns) {
    for (let column = 0; column < columns; column += 1) {
      values[start + column] = (((codes[start + column] ?? 0) << 24) >> 24) * (scales[column] ?? 0);
    }
  }
  return values;
}
