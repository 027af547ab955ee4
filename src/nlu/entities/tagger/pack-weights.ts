import type { LabelWeights } from './label-weights.ts';
import type { AskedWeights, PackedWeights } from './tagger-model.ts';

/** Weights smaller than this share of the largest decide nothing that folds can see. */
const negligible = 1 / 2000;

/** Drops what decides nothing, and rounds the rest to 16 bits. */
export function packWeights(hashes: Int32Array, { offsets, labels, weights }: LabelWeights): PackedWeights {
  const { largest, step } = scaleOf(weights);
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

export function packAsked(hashes: Int32Array, weights: Float32Array): AskedWeights {
  const { largest, step } = scaleOf(weights);
  const kept = [...hashes.keys()].filter((f) => Math.abs(weights[f] ?? 0) >= largest * negligible);
  return {
    keys: Int32Array.from(kept, (f) => hashes[f] ?? 0),
    weights: Int16Array.from(kept, (f) => Math.round((weights[f] ?? 0) / step)),
    step,
  };
}

function scaleOf(weights: Float32Array): { readonly largest: number; readonly step: number } {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  return { largest, step: largest / 32_767 || 1 };
}
