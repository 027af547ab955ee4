import { mixHash } from './hash.ts';
import { shuffle } from './shuffle.ts';

/** Groups words that stand between the same neighbours; from a word's hash to its group, from 1. */
export type WordClusters = ReadonlyMap<number, number>;

/** Neighbours count by the most frequent words on either side. */
const contextWords = 600;
const dimensions = 48;
const rounds = 12;

/** Fits clusters to texts given as hashes of their words. */
export function clusterWords(
  texts: readonly (readonly number[])[],
  clusterCount: number,
  random: () => number,
): WordClusters {
  const counts = countWords(texts);
  const vectors = embedWords(texts, counts);
  const words = [...vectors.keys()];
  if (words.length <= clusterCount) return new Map(words.map((word, i) => [word, i + 1]));
  const points = words.map((word) => vectors.get(word) ?? new Float32Array(dimensions));
  const groups = kMeans(points, clusterCount, random);
  return new Map(words.map((word, i) => [word, (groups[i] ?? 0) + 1]));
}

function countWords(texts: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const text of texts) for (const word of text) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const edge = 0x5eed;

/** Positive pointwise mutual information with neighbours, projected at random to few dimensions, of unit length. */
function embedWords(
  texts: readonly (readonly number[])[],
  counts: ReadonlyMap<number, number>,
): ReadonlyMap<number, Float32Array> {
  const frequent = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, contextWords);
  const contexts = new Set([edge, ...frequent.map(([word]) => word)]);
  const pairs = new Map<number, Map<number, number>>();
  const contextCounts = new Map<number, number>();
  let total = 0;
  const see = (word: number, neighbour: number, side: number): void => {
    if (!contexts.has(neighbour)) return;
    const context = mixHash(side, neighbour);
    const row = pairs.get(word) ?? new Map<number, number>();
    pairs.set(word, row.set(context, (row.get(context) ?? 0) + 1));
    contextCounts.set(context, (contextCounts.get(context) ?? 0) + 1);
    total++;
  };
  for (const text of texts) {
    for (let i = 0; i < text.length; i++) {
      see(text[i] ?? 0, text[i - 1] ?? edge, 1);
      see(text[i] ?? 0, text[i + 1] ?? edge, 2);
    }
  }
  const vectors = new Map<number, Float32Array>();
  for (const [word, row] of pairs) {
    const vector = new Float32Array(dimensions);
    const sum = [...row.values()].reduce((a, b) => a + b, 0);
    for (const [context, count] of row) {
      const information = Math.log((count * total) / (sum * (contextCounts.get(context) ?? 1)));
      if (information > 0) project(vector, context, information);
    }
    vectors.set(word, normalised(vector));
  }
  return vectors;
}

function project(vector: Float32Array, context: number, weight: number): void {
  for (let d = 0; d < dimensions; d++) {
    const sign = mixHash(context, d + 77) & 1 ? 1 : -1;
    vector[d] = (vector[d] ?? 0) + sign * weight;
  }
}

function normalised(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((x) => x / length);
}

function kMeans(points: readonly Float32Array[], count: number, random: () => number): Int32Array {
  const order = Int32Array.from(points, (_, i) => i);
  shuffle(order, random);
  const centres = Array.from(order.subarray(0, count), (i) =>
    (points[i] ?? new Float32Array(dimensions)).slice(),
  );
  const groups = new Int32Array(points.length);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < points.length; i++)
      groups[i] = nearest(centres, points[i] ?? new Float32Array(dimensions));
    for (const centre of centres) centre.fill(0);
    for (let i = 0; i < points.length; i++) {
      const centre = centres[groups[i] ?? 0];
      const point = points[i];
      if (centre && point)
        for (let d = 0; d < dimensions; d++) centre[d] = (centre[d] ?? 0) + (point[d] ?? 0);
    }
    for (let c = 0; c < count; c++) centres[c] = normalised(centres[c] ?? new Float32Array(dimensions));
  }
  return groups;
}

function nearest(centres: readonly Float32Array[], point: Float32Array): number {
  let best = 0;
  let bestCosine = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < centres.length; c++) {
    const centre = centres[c];
    let cosine = 0;
    for (let d = 0; d < dimensions; d++) cosine += (centre?.[d] ?? 0) * (point[d] ?? 0);
    if (cosine > bestCosine) {
      bestCosine = cosine;
      best = c;
    }
  }
  return best;
}
