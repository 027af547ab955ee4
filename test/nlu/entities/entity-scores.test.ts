import { describe, expect, test } from 'vitest';
import { scoreEntities } from '../../../src/nlu/entities/entity-scores.ts';
import type { Entity } from '../../../src/nlu/recognizer.ts';

function found(entity: string, start: number, end: number): Entity {
  return { entity, start, end, text: '', value: '', score: 1, source: 'tagger' };
}

describe('scores of entities', () => {
  const annotated = [[{ entity: 'city', start: 0, end: 4 }], [{ entity: 'date', start: 5, end: 9 }], []];

  test('an exact span of the type counts, a part of it for overlap only', () => {
    const { microF1, overlapF1 } = scoreEntities(annotated, [
      [found('city', 0, 4)],
      [found('date', 5, 8)],
      [],
    ]);
    expect([microF1, overlapF1]).toEqual([0.5, 1]);
  });

  test('the right span of another type is wrong twice', () => {
    const { precision, recall } = scoreEntities(annotated, [[found('date', 0, 4)], [], []]);
    expect([precision, recall]).toEqual([0, 0]);
  });

  test('what is annotated nowhere is ignored', () => {
    const { precision } = scoreEntities(annotated, [[found('city', 0, 4), found('number', 2, 3)], [], []]);
    expect(precision).toBe(1);
  });

  test('an annotated span is matched once', () => {
    const { perType } = scoreEntities(annotated, [[found('city', 0, 3), found('city', 3, 4)], [], []]);
    expect(perType[0]).toEqual({ entity: 'city', precision: 0, recall: 0, f1: 0, support: 1 });
  });

  test('roles are types of their own', () => {
    const gold = [[{ entity: 'city', role: 'from', start: 0, end: 4 }]];
    expect(scoreEntities(gold, [[found('city', 0, 4)]]).microF1).toBe(0);
  });
});
