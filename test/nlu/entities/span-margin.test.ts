import { describe, expect, test } from 'vitest';
import { findSpans } from '../../../src/nlu/entities/tagger/find-spans.ts';
import { spanMargin } from '../../../src/nlu/entities/tagger/span-margin.ts';

/** Labels of two types: 0 outside, 1 and 2 the first, 3 and 4 the second. */
const labelCount = 5;

function marginOf(rows: readonly (readonly number[])[], path: readonly number[]): readonly number[] {
  const scored = {
    scores: Float64Array.from(rows.flat()),
    transitions: new Float32Array(labelCount * labelCount),
    labelCount,
    path: Int32Array.from(path),
    count: path.length,
  };
  return findSpans(scored.path, scored.count).map((span) => spanMargin(scored, span));
}

describe('the margin of a span', () => {
  test('is its lead over no span', () => {
    expect(marginOf([[2, 9, 0, 1, 0]], [1])).toEqual([7]);
  });

  test('is its lead over another type', () => {
    expect(marginOf([[0, 9, 0, 6, 0]], [1])).toEqual([3]);
  });

  test('is its lead over one token less', () => {
    const rows = [
      [0, 9, 0, 0, 0],
      [5, 0, 6, 0, 0],
    ];
    expect(marginOf(rows, [1, 2])).toEqual([1]);
  });

  test('is its lead over one token more', () => {
    const rows = [
      [0, 9, 0, 0, 0],
      [5, 0, 3, 0, 0],
    ];
    expect(marginOf(rows, [1, 0])).toEqual([2]);
  });

  test('counts what follows what', () => {
    const transitions = new Float32Array(labelCount * labelCount);
    transitions[1 * labelCount] = -4;
    const scored = {
      scores: Float64Array.from([0, 9, 0, 0, 0, 1, 0, 0, 0, 0]),
      transitions,
      labelCount,
      path: Int32Array.from([1, 0]),
      count: 2,
    };
    expect(spanMargin(scored, { type: 0, first: 0, last: 0 })).toBe(1 - 4);
  });
});
