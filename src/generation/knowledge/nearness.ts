import type { Meaning } from './article-index-options.ts';

/** What a passage means, as a whole and sentence by sentence. */
export interface PassageMeaning {
  readonly whole: Float32Array;
  /** Unit length; absent when the encoder has none. */
  readonly pooled?: Float32Array | undefined;
  /** Its sentences, and the questions that its article is asked with. */
  readonly sentences: readonly Float32Array[];
}

/** How near passages that have nothing to do with each other come: what nearness is measured against. */
export interface UnrelatedNearness {
  readonly mean: number;
  readonly deviation: number;
}

/** A typical corpus under the bundled encoder, and how many pairs of passages its word is worth beside a bot's own. */
const typical: UnrelatedNearness = { mean: 0.22, deviation: 0.12 };
const TYPICAL_PAIRS = 30;
/** Passages compared with each other: enough for a mean. */
const MOST_COMPARED = 150;

/**
 * How near a question comes to a passage, as a cosine: half by the whole passage, half by its nearest sentence. A short
 * answer in a long passage is found by its sentence, a question about all of it by the whole.
 */
export function nearness(question: Meaning, { whole, pooled, sentences }: PassageMeaning): number {
  const byWhole = dot(question.sentence, whole);
  const byBoth = question.pooled && pooled ? (byWhole + cosine(question.pooled, pooled)) / 2 : byWhole;
  if (sentences.length === 0) return byBoth;
  return (byBoth + Math.max(...sentences.map((sentence) => dot(question.sentence, sentence)))) / 2;
}

/** Measured on the passages of different articles, so that any encoder's cosines, and any trade's, read the same. */
export function unrelatedNearness(
  passages: readonly { readonly article: string; readonly whole: Float32Array }[],
): UnrelatedNearness {
  const stride = Math.ceil(passages.length / MOST_COMPARED);
  const some = passages.filter((_, index) => index % stride === 0);
  const cosines = some.flatMap((left, index) =>
    some
      .slice(index + 1)
      .filter((right) => right.article !== left.article)
      .map((right) => dot(left.whole, right.whole)),
  );
  const total = cosines.length + TYPICAL_PAIRS;
  const mean = (cosines.reduce((sum, value) => sum + value, 0) + TYPICAL_PAIRS * typical.mean) / total;
  const squares = cosines.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = (squares + TYPICAL_PAIRS * (typical.deviation ** 2 + (typical.mean - mean) ** 2)) / total;
  return { mean, deviation: Math.sqrt(variance) };
}

function cosine(left: Float32Array, unit: Float32Array): number {
  return dot(left, unit) / (Math.sqrt(dot(left, left)) || 1);
}

/** Four sums beside each other: one alone waits for itself at every step. */
export function dot(left: Float32Array, right: Float32Array): number {
  const even = left.length - (left.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < even; at += 4) {
    a += (left[at] ?? 0) * (right[at] ?? 0);
    b += (left[at + 1] ?? 0) * (right[at + 1] ?? 0);
    c += (left[at + 2] ?? 0) * (right[at + 2] ?? 0);
    d += (left[at + 3] ?? 0) * (right[at + 3] ?? 0);
  }
  for (let at = even; at < left.length; at += 1) a += (left[at] ?? 0) * (right[at] ?? 0);
  return a + b + c + d;
}
