import type { NumberedSentence } from './numbered-sentence.ts';

/** Sparse weights: feature `f` scores label `labels[k]` by `weights[k]` for k from `offsets[f]` to `offsets[f + 1] - 1`. */
export interface LabelWeights {
  readonly offsets: Int32Array;
  readonly labels: Uint16Array;
  readonly weights: Float32Array;
}

/** Pairs every feature with the labels that examples show it with, all weights 0. */
export function pairFeatures(
  sentences: readonly NumberedSentence[],
  featureCount: number,
  labelCount: number,
): LabelWeights {
  const seen = new Set<number>();
  for (const { features, offsets, labels, example } of sentences) {
    if (example < 0) continue;
    for (let t = 0; t < labels.length; t++) {
      const label = labels[t] ?? 0;
      const last = offsets[t + 1] ?? 0;
      for (let k = offsets[t] ?? 0; k < last; k++) seen.add((features[k] ?? 0) * labelCount + label);
    }
  }
  const pairs = Float64Array.from(seen).sort();
  const offsets = new Int32Array(featureCount + 1);
  const labels = new Uint16Array(pairs.length);
  for (let k = 0; k < pairs.length; k++) {
    const pair = pairs[k] ?? 0;
    const feature = Math.floor(pair / labelCount);
    labels[k] = pair - feature * labelCount;
    offsets[feature + 1] = (offsets[feature + 1] ?? 0) + 1;
  }
  for (let f = 0; f < featureCount; f++) offsets[f + 1] = (offsets[f + 1] ?? 0) + (offsets[f] ?? 0);
  return { offsets, labels, weights: new Float32Array(pairs.length) };
}

/** @returns The place of the pair, or -1. */
export function findPair({ offsets, labels }: LabelWeights, feature: number, label: number): number {
  const last = offsets[feature + 1] ?? 0;
  for (let k = offsets[feature] ?? 0; k < last; k++) if (labels[k] === label) return k;
  return -1;
}
