import { createRandom } from '../random.ts';
import type { CalibrationBin, CalibrationScores } from './evaluation-report.ts';

export interface Confidence {
  /** Of the top label, 0 to 1. */
  readonly probability: number;
  readonly right: boolean;
}

const BINS = 15;
const RESAMPLES = 200;

/** Expected calibration error over equal-width bins, with a bootstrap interval. */
export function scoreCalibration(confidences: readonly Confidence[], seed: number): CalibrationScores {
  const random = createRandom(seed);
  const resampled = Array.from({ length: RESAMPLES }, () =>
    errorOf(
      binsOf(confidences.map(() => confidences[Math.floor(random() * confidences.length)]).filter(isPresent)),
    ),
  ).sort((a, b) => a - b);
  const bins = binsOf(confidences);
  return {
    ece: errorOf(bins),
    interval: [
      resampled[Math.floor(RESAMPLES * 0.025)] ?? 0,
      resampled[Math.ceil(RESAMPLES * 0.975) - 1] ?? 0,
    ],
    bins,
  };
}

function binsOf(confidences: readonly Confidence[]): CalibrationBin[] {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, probability: 0, right: 0 }));
  for (const { probability, right } of confidences) {
    const sum = sums[Math.min(BINS - 1, Math.floor(probability * BINS))];
    if (!sum) continue;
    sum.count += 1;
    sum.probability += probability;
    sum.right += right ? 1 : 0;
  }
  return sums.map(({ count, probability, right }, index) => ({
    from: index / BINS,
    to: (index + 1) / BINS,
    count,
    confidence: count === 0 ? null : probability / count,
    accuracy: count === 0 ? null : right / count,
  }));
}

function errorOf(bins: readonly CalibrationBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 0;
  return bins.reduce(
    (sum, { count, confidence, accuracy }) =>
      sum + (count / total) * Math.abs((confidence ?? 0) - (accuracy ?? 0)),
    0,
  );
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined;
}
