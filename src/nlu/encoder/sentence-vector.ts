import type { Encoder, Encoding } from './encoder.ts';
import { unitVector } from './unit-vector.ts';

/** What classifiers read of a sentence: its embedding and, where the encoder has one, the pooled vector, each of unit length. */
export function sentenceVector({ sentence, pooled }: Encoding): Float32Array {
  if (!pooled) return sentence;
  const vector = new Float32Array(sentence.length + pooled.length);
  vector.set(sentence);
  vector.set(unitVector(pooled), sentence.length);
  return vector;
}

export function sentenceWidth({ dimensions, pooledDimensions }: Encoder): number {
  return dimensions + pooledDimensions;
}
