import type { SparseVector } from './neighbours.ts';
import type { SoftmaxWeights } from './softmax-regression.ts';

/** Weights as bytes with one scale a feature: a quarter of the size, and no answer changes by more than rounding. */
export interface QuantizedWeights {
  readonly features: number;
  readonly classes: number;
  readonly codes: Int8Array;
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}

export function quantizeWeights({
  features,
  classes,
  stride,
  weights,
  bias,
}: SoftmaxWeights): QuantizedWeights {
  const codes = new Int8Array(features * classes);
  const scales = new Float32Array(features);
  for (let feature = 0; feature < features; feature += 1) {
    const from = feature * stride;
    const to = feature * classes;
    let largest = 0;
    for (let c = 0; c < classes; c += 1) largest = Math.max(largest, Math.abs(weights[from + c] ?? 0));
    if (largest === 0) continue;
    const scale = largest / 127;
    scales[feature] = scale;
    for (let c = 0; c < classes; c += 1) codes[to + c] = Math.round((weights[from + c] ?? 0) / scale);
  }
  return { features, classes, codes, scales, bias };
}

/** Writes the logits of a vector, of which `size` entries count. */
export type NgramScorer = (vector: SparseVector, size: number, logits: Float32Array) => void;

/** Multiplies weight by weight; `ngram-kernel.ts` does so several times faster. */
export function plainScorer({ codes, scales, bias, classes }: QuantizedWeights): NgramScorer {
  return ({ indices, values }, size, logits) => {
    logits.set(bias);
    for (let at = 0; at < size; at += 1) {
      const feature = indices[at] ?? 0;
      const base = feature * classes;
      const value = (values[at] ?? 0) * (scales[feature] ?? 0);
      for (let c = 0; c < classes; c += 1) logits[c] = (logits[c] ?? 0) + value * (codes[base + c] ?? 0);
    }
  };
}
