import { fitLogistic, logisticProbability, type LogisticModel, type LogisticRow } from './logistic.ts';

/** What a prediction looks like from the outside: the rejector's input. */
export const evidenceNames = [
  'logTop',
  'margin',
  'entropy',
  'nearest',
  'tenthNearest',
  'agreement',
  'foreign',
  'known',
  'length',
] as const;

export interface Evidence {
  /** Natural logarithm of the best intent's probability. */
  readonly logTop: number;
  /** Best probability minus the second best. */
  readonly margin: number;
  /** In nats. */
  readonly entropy: number;
  /** Cosine to the nearest and to the tenth nearest training utterance. */
  readonly nearest: number;
  readonly tenthNearest: number;
  /** Share of the ten nearest utterances that have the best intent, weighted by cosine. */
  readonly agreement: number;
  /** Log-odds that the classifier gives the examples of out of scope against all intents; 0 when it has learned none. */
  readonly foreign: number;
  /** Share of the text's features that training has seen. */
  readonly known: number;
  /** Natural logarithm of 1 + the number of features. */
  readonly length: number;
}

/** Tells P(out of scope) from the evidence, and where to stop acting. */
export interface Rejector {
  readonly model: LogisticModel;
  /** The best intent is accepted when P(in scope) times its probability is at least this. */
  readonly threshold: number;
  /** Where its examples of out of scope came from. */
  readonly basis: 'examples' | 'held-out intents' | 'none';
}

/** P(the best intent is what was meant), 0 to 1. */
export function confidenceOf(evidence: Pick<Evidence, 'logTop'>, outOfScope: number): number {
  return (1 - outOfScope) * Math.exp(evidence.logTop);
}

export interface RejectorRow {
  readonly evidence: Evidence;
  readonly kind: 'right' | 'wrong' | 'out of scope';
}

export interface RejectorSettings {
  /** What acting on a wrong reading costs, in units of asking when the reading was right. */
  readonly wrongCost: number;
  /** Share of messages expected out of scope, whatever the share among the examples. */
  readonly outOfScopeShare: number;
}

/**
 * A wrong reading costs a little less than asking again: a task with effects is confirmed before it acts, and a bot that
 * asks back too often is left. docs/decisions/0021-intent-classifier.md has the curve.
 */
export const defaultRejectorSettings: RejectorSettings = { wrongCost: 0.8, outOfScopeShare: 0.05 };

export function evidenceVector(evidence: Evidence): number[] {
  return evidenceNames.map((name) => evidence[name]);
}

export function fitRejector(
  rows: readonly RejectorRow[],
  basis: Rejector['basis'],
  settings: RejectorSettings,
): Rejector {
  const outside = rows.filter(({ kind }) => kind === 'out of scope').length;
  const inside = rows.length - outside;
  if (outside === 0 || inside === 0) return openRejector(settings.wrongCost / (1 + settings.wrongCost));

  const share = settings.outOfScopeShare;
  const outsideWeight = ((share / (1 - share)) * inside) / outside;
  const weighted = rows.map(({ evidence, kind }) => ({
    features: evidenceVector(evidence),
    label: kind === 'out of scope' ? 1 : 0,
    weight: kind === 'out of scope' ? outsideWeight : 1,
  }));
  const model = fitMonotone(weighted);
  const scored = rows.map(({ kind, evidence }, index) => ({
    kind,
    confidence: confidenceOf(evidence, logisticProbability(model, evidenceVector(evidence))),
    weight: weighted[index]?.weight ?? 1,
  }));
  return { model, threshold: fitThreshold(scored, settings.wrongCost), basis };
}

/** The sign that each weight must have: more of the evidence makes out of scope likelier (1), unlikelier (-1), either (0). */
const signs: Readonly<Record<keyof Evidence, -1 | 0 | 1>> = {
  logTop: -1,
  margin: -1,
  entropy: 1,
  nearest: -1,
  tenthNearest: -1,
  agreement: -1,
  foreign: 1,
  known: -1,
  length: 0,
};

/**
 * Leaves out, one by one, the evidence whose weight came out with the wrong sign: pieces of evidence say much the same,
 * and a text that is a training utterance to the letter must not look foreign because one weight makes up for another.
 */
function fitMonotone(rows: readonly LogisticRow[]): LogisticModel {
  const left = new Set<number>();
  for (;;) {
    const masked = rows.map((row) => ({
      ...row,
      features: row.features.map((value, index) => (left.has(index) ? 0 : value)),
    }));
    const model = fitLogistic(masked, 1);
    const wrongness = model.weights.map((weight, index) => {
      const name = evidenceNames[index];
      return name === undefined ? 0 : -weight * signs[name];
    });
    const worst = wrongness.indexOf(Math.max(...wrongness));
    if ((wrongness[worst] ?? 0) <= 1e-9) return model;
    left.add(worst);
  }
}

interface ScoredRow {
  readonly kind: RejectorRow['kind'];
  readonly confidence: number;
  readonly weight: number;
}

/**
 * The confidence from which acting is worth it: where P(right), as the held-out rows tell it of confidence, reaches
 * `wrongCost / (1 + wrongCost)`. A logistic curve through all rows, for the cheapest threshold of all is the least of
 * many steps and jumps about with the rows.
 */
function fitThreshold(rows: readonly ScoredRow[], wrongCost: number): number {
  const due = logit(wrongCost / (1 + wrongCost));
  const { means, deviations, weights, bias } = fitLogistic(
    rows.map(({ kind, confidence, weight }) => ({
      features: [logit(confidence)],
      label: kind === 'right' ? 1 : 0,
      weight,
    })),
    1,
  );
  const [mean = 0, deviation = 1, slope = 0] = [means[0], deviations[0], weights[0]];
  return sigmoid(slope > 0 ? mean + (deviation * (due - bias)) / slope : due);
}

function logit(probability: number): number {
  const inside = Math.min(Math.max(probability, 1e-6), 1 - 1e-6);
  return Math.log(inside / (1 - inside));
}

function sigmoid(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Finds everything in scope: for a model that has nothing to learn rejection from. */
export function openRejector(threshold: number): Rejector {
  const zeros = evidenceNames.map(() => 0);
  const ones = evidenceNames.map(() => 1);
  return {
    model: { means: zeros, deviations: ones, weights: zeros, bias: -30 },
    threshold,
    basis: 'none',
  };
}
