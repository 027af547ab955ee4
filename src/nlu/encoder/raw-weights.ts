import { TOKEN_WIDTH, type EmbeddingTable, type MatrixName, type NetworkWeights } from './network-weights.ts';
import { bytesOf, floatsOf, type Tensors } from './safetensors.ts';

export interface RawWeights extends NetworkWeights {
  readonly matrix: (name: MatrixName) => Float32Array;
}

/** The published weights as they come: float32, the embedding as codes of 0 to 63 with a scale and an offset a token. */
export function readRawWeights(tensors: Tensors): RawWeights {
  return {
    coded: false,
    matrix: (name) => {
      const weight = floatsOf(tensors, `${name}.weight`);
      return tensors.has(`${name}.skip`) ? joined(floatsOf(tensors, `${name}.skip`), weight) : weight;
    },
    vector: (name) => floatsOf(tensors, name),
    embedding: rawEmbedding(tensors),
  };
}

function rawEmbedding(tensors: Tensors): EmbeddingTable {
  const codes = bytesOf(tensors, 'embedding.codes', 'U8');
  const scales = floatsOf(tensors, 'embedding.scale');
  const offsets = floatsOf(tensors, 'embedding.offset');
  return {
    readRow: (id, target, at) => {
      const scale = scales[id] ?? 0;
      const offset = offsets[id] ?? 0;
      const start = id * TOKEN_WIDTH;
      for (let column = 0; column < TOKEN_WIDTH; column += 1) {
        target[at + column] = (codes[start + column] ?? 0) * scale + offset;
      }
    },
  };
}

function joined(above: Float32Array, below: Float32Array): Float32Array {
  const all = new Float32Array(above.length + below.length);
  all.set(above);
  all.set(below, above.length);
  return all;
}
