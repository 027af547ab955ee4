import type { NumberedSentence } from './numbered-sentence.ts';
import { beginOf, isInside, outside, typeOf } from './tag-set.ts';

/**
 * Sparse weights: feature `f` scores label `labels[k]` by `weights[k]` for k from `offsets[f]` to `offsets[f + 1] - 1`.
 *
 * Past the labels proper stand two more: begin and inside of whatever was asked for.
 */
export interface LabelWeights {
  readonly offsets: Int32Array;
  readonly labels: Uint16Array;
  readonly weights: Float32Array;
}

/** @returns The label's second name where its type was asked for, else -1. */
export function aliasOf(label: number, labelCount: number, requested: readonly number[] | undefined): number {
  if (label === outside || requested?.includes(typeOf(label)) !== true) return -1;
  return labelCount + (isInside(label) ? 1 : 0);
}

/** Pairs every feature with the labels that it was seen with, all weights 0. */
export function pairFeatures(
  sentences: readonly NumberedSentence[],
  featureCount: number,
  labelCount: number,
): LabelWeights {
  const width = labelCount + 2;
  const seen = new Set<number>();
  for (const { features, offsets, labels, requested } of sentences) {
    for (let t = 0; t < labels.length; t++) {
      const label = labels[t] ?? 0;
      const alias = aliasOf(label, labelCount, requested);
      const last = offsets[t + 1] ?? 0;
      for (let k = offsets[t] ?? 0; k < last; k++) {
        seen.add((features[k] ?? 0) * width + label);
        if (alias >= 0) seen.add((features[k] ?? 0) * width + alias);
      }
    }
  }
  const pairs = Float64Array.from(seen).sort();
  const offsets = new Int32Array(featureCount + 1);
  const labels = new Uint16Array(pairs.length);
  for (let k = 0; k < pairs.length; k++) {
    const pair = pairs[k] ?? 0;
    const feature = Math.floor(pair / width);
    labels[k] = pair - feature * width;
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

/** Adds a weight to a label's score, or, for what was asked for, to each such label's. */
export function addWeight(
  scores: Float64Array,
  row: number,
  label: number,
  labelCount: number,
  weight: number,
  requested: readonly number[] | undefined,
): void {
  if (label < labelCount) {
    scores[row + label] = (scores[row + label] ?? 0) + weight;
    return;
  }
  for (const type of requested ?? []) {
    const at = row + beginOf(type) + (label - labelCount);
    scores[at] = (scores[at] ?? 0) + weight;
  }
}
