import { scoreEntities } from '../entities/entity-scores.ts';
import { outOfScopeIntent } from '../training-table.ts';
import { scoreCalibration } from './calibration-scores.ts';
import type { EvaluationReport, ReportedEntities } from './evaluation-report.ts';
import { scoreIntents } from './intent-scores.ts';
import type { Prediction } from './predict.ts';
import { scoreRejection, type RejectionOutcome } from './rejection-scores.ts';

export interface ScoringOptions {
  readonly seed: number;
  readonly threshold: number;
  readonly wrongCost: number;
  /** The same lines understood without their questions, where there are any. */
  readonly withoutContext?: readonly Prediction[] | undefined;
}

export type Scores = Pick<EvaluationReport, 'intent' | 'rejection' | 'calibration' | 'entities'>;

export function scorePredictions(predictions: readonly Prediction[], options: ScoringOptions): Scores {
  const labelled = predictions.filter(({ example }) => example.intent !== undefined);
  const inScope = labelled.filter(({ example }) => example.intent !== outOfScopeIntent);
  const { seed, threshold, wrongCost } = options;
  return {
    intent: inScope.length === 0 ? null : scoreIntents(inScope.map(toIntentPrediction)),
    rejection: inScope.length === 0 ? null : scoreRejection(labelled.map(toOutcome), threshold, wrongCost),
    calibration: inScope.length === 0 ? null : scoreCalibration(inScope.map(toConfidence), seed),
    entities: scoreFound(predictions, options.withoutContext),
  };
}

function best({ understanding }: Prediction): { readonly intent: string; readonly probability: number } {
  return understanding.segments[0]?.intents[0] ?? { intent: '', probability: 0 };
}

function toIntentPrediction(prediction: Prediction) {
  const { text, intent = '' } = prediction.example;
  return { text, expected: intent, predicted: best(prediction).intent };
}

function toConfidence(prediction: Prediction) {
  const { intent, probability } = best(prediction);
  return { probability, right: intent === prediction.example.intent };
}

function toOutcome(prediction: Prediction): RejectionOutcome {
  const { intent, probability } = best(prediction);
  const expected = prediction.example.intent;
  const { outOfScope = 1, accepted = false } = prediction.understanding.segments[0] ?? {};
  const kind = expected === outOfScopeIntent ? 'out of scope' : intent === expected ? 'right' : 'wrong';
  return { kind, outOfScope, confidence: (1 - outOfScope) * probability, accepted };
}

function scoreFound(
  predictions: readonly Prediction[],
  withoutContext: readonly Prediction[] | undefined,
): ReportedEntities | null {
  if (predictions.every(({ example }) => example.entities.length === 0)) return null;
  const { microF1, overlapF1, perType } = scoreLines(predictions);
  const asked = ({ example }: Prediction): boolean => (example.requested ?? []).length > 0;
  const requested =
    withoutContext === undefined
      ? null
      : {
          lines: predictions.filter(asked).length,
          with: scoreLines(predictions.filter(asked)).microF1,
          without: scoreLines(withoutContext.filter(asked)).microF1,
        };
  return { microF1, overlapF1, perType, requested };
}

function scoreLines(predictions: readonly Prediction[]) {
  return scoreEntities(
    predictions.map(({ example }) => example.entities),
    predictions.map(({ understanding }) => understanding.segments.flatMap(({ entities }) => entities)),
  );
}
