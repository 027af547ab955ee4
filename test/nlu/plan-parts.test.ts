import { describe, expect, it } from 'vitest';
import { planParts, type PlannedPart } from '../../src/nlu/plan-parts.ts';
import type { TrainingTable } from '../../src/nlu/training-table.ts';

const settings = { folds: 5, maxHeldOut: 20_000, seed: 1 };

/** A table of so many examples of ten intents, each with its name, and examples of out of scope behind them. */
function tableOf(examples: number, outside: number): TrainingTable {
  const intents = 10;
  const inside = examples + intents;
  const labels = Uint16Array.from({ length: inside + outside }, (_, row) =>
    row < inside ? row % intents : intents,
  );
  const ends = [examples, inside, inside + outside, inside + outside, inside + outside];
  const texts = Array.from(labels, (_, row) => `text ${row}`);
  return { texts, labels, ends, intents, classes: intents + 1 } as unknown as TrainingTable;
}

function folds(parts: readonly PlannedPart[], foreign: boolean): readonly PlannedPart[] {
  return parts.slice(1).filter((part) => part.foreign === foreign);
}

describe('what is learned in parts', () => {
  it('holds out every example of a small set once, and its examples of out of scope', () => {
    const parts = folds(planParts(tableOf(1000, 40), settings), false);
    const held = parts.flatMap((part) => [...part.held]).sort((a, b) => a - b);
    expect(parts).toHaveLength(5);
    expect(held).toEqual([...Array(1000).keys(), ...Array.from({ length: 40 }, (_, at) => 1010 + at)]);
  });

  it.each([
    [10_000, 5],
    [15_000, 3],
    [75_000, 2],
  ])('of %i examples it learns %i folds, which hold out all examples of out of scope', (examples, count) => {
    const parts = folds(planParts(tableOf(examples, 60), settings), false);
    const outside = parts.flatMap((part) => [...part.held].filter((row) => row >= examples + 10));
    expect(parts).toHaveLength(count);
    expect(new Set(outside).size).toBe(60);
  });

  it('never reads what it learned', () => {
    for (const { train, held } of planParts(tableOf(15_000, 60), settings)) {
      const learned = new Set(train);
      expect(held.some((row) => learned.has(row))).toBe(false);
    }
  });

  it('holds out whole intents where little is out of scope', () => {
    const parts = planParts(tableOf(1000, 0), settings);
    expect(folds(parts, true)).toHaveLength(4);
    for (const { train, held } of folds(parts, true)) {
      const learned = new Set(Array.from(train, (row) => row % 10));
      expect(held.some((row) => learned.has(row % 10))).toBe(false);
    }
  });
});
