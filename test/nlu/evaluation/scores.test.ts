import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreCalibration } from '../../../src/nlu/evaluation/calibration-scores.ts';
import { scoreIntents } from '../../../src/nlu/evaluation/intent-scores.ts';
import { rankArea, scoreRejection } from '../../../src/nlu/evaluation/rejection-scores.ts';

describe('intent scores', () => {
  const scores = scoreIntents([
    { text: 'one', expected: 'a', predicted: 'a' },
    { text: 'two', expected: 'a', predicted: 'b' },
    { text: 'three', expected: 'b', predicted: 'b' },
    { text: 'four', expected: 'c', predicted: 'b' },
  ]);

  test('accuracy and macro F1 are as counted by hand', () => {
    expect(scores.accuracy).toBe(0.5);
    expect(scores.macroF1).toBeCloseTo((2 / 3 + 0.5 + 0) / 3, 10);
  });

  test('confusions carry their texts', () => {
    expect(scores.confusions).toEqual([
      { expected: 'a', predicted: 'b', count: 1, texts: ['two'] },
      { expected: 'c', predicted: 'b', count: 1, texts: ['four'] },
    ]);
  });
});

describe('rejection scores', () => {
  const scores = scoreRejection(
    [
      { kind: 'right', outOfScope: 0.1, confidence: 0.9, accepted: true },
      { kind: 'right', outOfScope: 0.3, confidence: 0.4, accepted: false },
      { kind: 'wrong', outOfScope: 0.2, confidence: 0.6, accepted: true },
      { kind: 'out of scope', outOfScope: 0.8, confidence: 0.1, accepted: false },
      { kind: 'out of scope', outOfScope: 0.25, confidence: 0.7, accepted: true },
    ],
    0.5,
    3,
  );

  test('right and accepted over all in scope; rejected over all out of scope', () => {
    expect(scores.inScopeAccuracy).toBeCloseTo(1 / 3, 10);
    expect(scores.oosRecall).toBe(0.5);
  });

  test('what the recogniser accepted counts as accepted, whatever its confidence', () => {
    const transferred = { kind: 'right', outOfScope: 0.6, confidence: 0.3, accepted: true } as const;
    expect(scoreRejection([transferred], 0.5, 3).inScopeAccuracy).toBe(1);
  });

  test('the area counts how often out of scope outranks in scope', () => {
    expect(scores.auroc).toBeCloseTo(5 / 6, 10);
  });

  test('the risk-coverage area is the mean risk as confidence falls', () => {
    expect(scores.aurc).toBeCloseTo((0 + 1 / 2 + 2 / 3 + 2 / 4 + 3 / 5) / 5, 10);
  });

  test('the area under the curve is the share of ordered pairs, ties half', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(numbers, numbers, (positives, negatives) => {
        const pairs = positives.flatMap((p) => negatives.map((n) => (p > n ? 1 : p === n ? 0.5 : 0)));
        const share = pairs.reduce((sum: number, value) => sum + value, 0) / pairs.length;
        expect(rankArea(positives, negatives)).toBeCloseTo(share, 10);
      }),
    );
  });
});

describe('calibration scores', () => {
  test('probabilities that mean what they say have no error', () => {
    const confidences = Array.from({ length: 100 }, (_, index) => ({
      probability: 0.8,
      right: index % 5 !== 0,
    }));
    expect(scoreCalibration(confidences, 1).ece).toBeCloseTo(0, 10);
  });

  test('certainty that is right half the time is off by a half', () => {
    const confidences = Array.from({ length: 100 }, (_, index) => ({
      probability: 1,
      right: index % 2 === 0,
    }));
    const { ece, interval } = scoreCalibration(confidences, 1);
    expect(ece).toBeCloseTo(0.5, 10);
    expect(interval[0]).toBeLessThan(0.5);
    expect(interval[1]).toBeGreaterThan(0.5);
  });
});
