import { describe, expect, test } from 'vitest';
import { createNeighbourBuffer } from '../../src/nlu/neighbours.ts';
import { findNearVectors, indexVectors } from '../../src/nlu/vector-neighbours.ts';

const dimensions = 14;
const intents = 6;
const count = 90;

/** Unit vectors that are the same in every run; longer than the index looks, as sentence vectors are. */
const vectors = Array.from({ length: count }, (_, row) => {
  const numbers = Float32Array.from({ length: dimensions }, (_value, at) => Math.sin(row * 7.3 + at * 1.9));
  const length = Math.hypot(...numbers);
  return Float32Array.from({ length: dimensions + 4 }, (_value, at) =>
    at < dimensions ? (numbers[at] ?? 0) / length : 9,
  );
});
const intentOf = Uint16Array.from(vectors, (_, row) => (row * 5) % intents);

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < dimensions; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

describe('the nearest vectors', () => {
  const index = indexVectors(vectors, dimensions, intentOf, intents);
  const buffer = createNeighbourBuffer(10);
  // The four likeliest intents are 5, 0, 3 and 2.
  const probabilities = Float32Array.of(0.2, 0.05, 0.1, 0.15, 0.04, 0.46);

  test.each([0, 17, 43, 88])('to vector %i are those of the likeliest intents, best first', (row) => {
    const vector = vectors[row] ?? new Float32Array(0);
    findNearVectors(index, vector, probabilities, buffer);
    const expected = vectors
      .map((other, place) => ({ place, score: cosine(vector, other) }))
      .filter(({ place, score }) => [5, 0, 3, 2].includes(intentOf[place] ?? 0) && score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, 10);

    expect(buffer.found).toBe(expected.length);
    expect([...buffer.rows].slice(0, 3)).toEqual(expected.slice(0, 3).map(({ place }) => place));
    for (const [at, { score }] of expected.entries()) expect(buffer.scores[at]).toBeCloseTo(score, 1);
  });

  test('of an intent without utterances are none', () => {
    const empty = indexVectors([], dimensions, new Uint16Array(0), intents);
    findNearVectors(empty, vectors[0] ?? new Float32Array(0), probabilities, buffer);

    expect(buffer.found).toBe(0);
  });
});
