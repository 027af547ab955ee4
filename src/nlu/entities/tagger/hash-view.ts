import type { HashedSentence } from './number-features.ts';
import { addTokenFeatures, FeatureBuffer, type SentenceView } from './token-features.ts';

/** Hashes a sentence's features, as far as they hold whatever was asked. */
export function hashView(view: SentenceView, labels: Int32Array): HashedSentence {
  return hashEach(view, labels, (i, buffer) => addTokenFeatures(view, i, buffer));
}

/** Hashes what `add` appends for each token. */
export function hashEach(
  view: SentenceView,
  labels: Int32Array,
  add: (i: number, buffer: FeatureBuffer) => void,
): HashedSentence {
  const buffer = new FeatureBuffer();
  const offsets = new Int32Array(view.count + 1);
  for (let i = 0; i < view.count; i++) {
    add(i, buffer);
    offsets[i + 1] = buffer.length;
  }
  return { hashes: buffer.hashes.slice(0, buffer.length), offsets, labels };
}
