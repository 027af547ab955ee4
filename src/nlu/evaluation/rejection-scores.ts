import type { RejectionScores, ThresholdPoint } from './evaluation-report.ts';

export interface RejectionOutcome {
  readonly kind: 'right' | 'wrong' | 'out of scope';
  readonly outOfScope: number;
  /** P(the best intent is what was meant); what the threshold is compared with. */
  readonly confidence: number;
  /** As the recogniser decided it: a message in a language that was not learned has a threshold of its own. */
  readonly accepted: boolean;
}

const CURVE_POINTS = 50;

/** Scores the rejector by its decisions, and along all thresholds. @param threshold - Reported with them. */
export function scoreRejection(
  outcomes: readonly RejectionOutcome[],
  threshold: number,
  wrongCost: number,
): RejectionScores {
  const outside = outcomes.filter(({ kind }) => kind === 'out of scope').map(({ outOfScope }) => outOfScope);
  const inside = outcomes.filter(({ kind }) => kind !== 'out of scope').map(({ outOfScope }) => outOfScope);
  const { inScopeAccuracy, oosRecall } = pointAt(outcomes, threshold, ({ accepted }) => accepted);
  return {
    threshold,
    wrongCost,
    inScopeAccuracy,
    oosRecall,
    auroc: outside.length === 0 || inside.length === 0 ? null : rankArea(outside, inside),
    aurc: riskCoverageArea(outcomes),
    curve: curveOf(outcomes),
  };
}

function pointAt(
  outcomes: readonly RejectionOutcome[],
  threshold: number,
  isAccepted = ({ confidence }: RejectionOutcome): boolean => confidence >= threshold,
): ThresholdPoint {
  let inside = 0;
  let outside = 0;
  let rightAccepted = 0;
  let outsideRejected = 0;
  for (const outcome of outcomes) {
    const { kind } = outcome;
    const accepted = isAccepted(outcome);
    if (kind === 'out of scope') {
      outside += 1;
      if (!accepted) outsideRejected += 1;
    } else {
      inside += 1;
      if (kind === 'right' && accepted) rightAccepted += 1;
    }
  }
  return {
    threshold,
    inScopeAccuracy: inside === 0 ? 0 : rightAccepted / inside,
    oosRecall: outside === 0 ? null : outsideRejected / outside,
  };
}

function curveOf(outcomes: readonly RejectionOutcome[]): ThresholdPoint[] {
  const scores = outcomes.map(({ confidence }) => confidence).sort((a, b) => a - b);
  const places = Array.from({ length: CURVE_POINTS + 1 }, (_, index) =>
    Math.min(scores.length - 1, Math.round((index / CURVE_POINTS) * (scores.length - 1))),
  );
  return [...new Set(places)].map((place) => pointAt(outcomes, scores[place] ?? 0));
}

/** P(a random positive scores above a random negative); ties count half. */
export function rankArea(positives: readonly number[], negatives: readonly number[]): number {
  const all = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to += 1;
    const rank = (from + to + 1) / 2;
    for (let at = from; at < to; at += 1) if (all[at]?.positive === true) rankSum += rank;
    from = to;
  }
  const count = positives.length;
  return (rankSum - (count * (count + 1)) / 2) / (count * negatives.length);
}

/** @see Geifman, El-Yaniv: Selective classification for deep neural networks (NeurIPS 2017) */
function riskCoverageArea(outcomes: readonly RejectionOutcome[]): number {
  const sorted = [...outcomes].sort((a, b) => b.confidence - a.confidence);
  let wrong = 0;
  let area = 0;
  for (const [index, { kind }] of sorted.entries()) {
    if (kind !== 'right') wrong += 1;
    area += wrong / (index + 1);
  }
  return sorted.length === 0 ? 0 : area / sorted.length;
}
