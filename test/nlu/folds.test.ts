import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stratifiedFolds, type Fold } from '../../src/nlu/folds.ts';

const foldOf = (folds: readonly Fold[], row: number): number =>
  folds.findIndex(({ held }) => held.includes(row));

describe('stratified folds', () => {
  test('hold every row of a class of two and more once, and spread each class evenly', () => {
    const labels = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(labels, fc.integer({ min: 2, max: 6 }), fc.integer(), (ofRows, count, seed) => {
        const folds = stratifiedFolds(
          ofRows.map((_, row) => `text ${row}`),
          ofRows,
          count,
          seed,
        );
        for (const label of new Set(ofRows)) {
          const rows = [...ofRows.keys()].filter((row) => ofRows[row] === label);
          const sizes = folds.map(({ held }) => rows.filter((row) => held.includes(row)).length);
          expect(sizes.reduce((sum, size) => sum + size)).toBe(rows.length === 1 ? 0 : rows.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        }
        for (const { train, held } of folds)
          expect([...train, ...held].sort((a, b) => a - b)).toEqual([...ofRows.keys()]);
      }),
    );
  });

  test('a few rows more move few of the others', () => {
    const texts = Array.from({ length: 400 }, (_, row) => `utterance ${row}`);
    const labels = texts.map((_, row) => row % 10);
    const before = stratifiedFolds(texts, labels, 5, 1);
    const after = stratifiedFolds(['a new one', 'another', ...texts], [3, 7, ...labels], 5, 1);
    const moved = texts.filter((_, row) => foldOf(before, row) !== foldOf(after, row + 2));
    expect(moved.length).toBeLessThan(20);
  });

  test('equal texts and seeds give equal folds, another seed others', () => {
    const texts = Array.from({ length: 50 }, (_, row) => `utterance ${row}`);
    const labels = texts.map(() => 0);
    expect(stratifiedFolds(texts, labels, 3, 1)).toEqual(stratifiedFolds(texts, labels, 3, 1));
    expect(stratifiedFolds(texts, labels, 3, 1)).not.toEqual(stratifiedFolds(texts, labels, 3, 2));
  });
});
