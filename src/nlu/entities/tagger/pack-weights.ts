import type { LabelWeights } from './label-weights.ts';
import type { PackedWeights } from './tagger-model.ts';

/** Weights smaller than this share of the largest decide nothing that folds can see. */
const negligible = 1 / 2000;

/** Drops what decides nothing, and rounds the rest to 16 bits. */
export function packWeights(hashes: Int32Array, { offsets, labels, weights }: LabelWeights): PackedWeights {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const step = largest / 32_767 || 1;
  const keys: number[] = [];
  const keptOffsets = [0];
  const keptLabels: number[] = [];
  const keptWeights: number[] = [];
  for (let f = 0; f < hashes.length; f++) {
    const last = offsets[f + 1] ?? 0;
    const before = keptLabels.length;
    for (let pair = offsets[f] ?? 0; pair < last; pair++) {
      const weight = weights[pair] ?? 0;
      if (Math.abs(weight) < largest * negligible) continue;
      keptLabels.push(labels[pair] ?? 0);
      keptWeights.push(Math.round(weight / step));
    }
    if (keptLabels.length === before) continue;
    keys.push(hashes[f] ?? 0);
    keptOffsets.push(keptLabels.length);
  }
  return {
    keys: Int32Array.from(keys),
    offsets: Int32Array.from(keptOffsets),
    labels: Uint16Array.from(keptLabels),
    weights: Int16Array.from(keptWeights),
    step,
  };
}
