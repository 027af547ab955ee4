import type { EntityScores } from '../entities/entity-scores.ts';

/**
 * What `usher evaluate --json` prints: shares are 0 to 1, times seconds or milliseconds by their names, sizes bytes; null
 * where the data has no such thing. `docs/accuracy.md` documents it, a test pins its keys.
 */
export interface EvaluationReport {
  /** The folder or the bot. */
  readonly data: string;
  readonly locale: string;
  readonly train: DataCount;
  /** Absent in the JSON's sense (null) when no file tuned. */
  readonly valid: DataCount | null;
  readonly test: DataCount;
  readonly seed: number;
  readonly intent: IntentScores | null;
  readonly rejection: RejectionScores | null;
  readonly calibration: CalibrationScores | null;
  readonly entities: ReportedEntities | null;
  readonly speed: SpeedScores;
  readonly model: { readonly bytes: number; readonly featurisers: readonly string[] };
}

export interface DataCount {
  readonly files: readonly string[];
  readonly lines: number;
  /** Lines labelled out of scope. */
  readonly outOfScope: number;
}

export interface IntentScores {
  /** Over in-scope test lines, nothing rejected. */
  readonly accuracy: number;
  readonly macroF1: number;
  readonly perIntent: readonly IntentScore[];
  /** Most frequent first. */
  readonly confusions: readonly Confusion[];
}

export interface IntentScore {
  readonly intent: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

export interface Confusion {
  readonly expected: string;
  readonly predicted: string;
  readonly count: number;
  /** At most three. */
  readonly texts: readonly string[];
}

export interface RejectionScores {
  readonly threshold: number;
  readonly wrongCost: number;
  /** Right and accepted, over all in-scope lines. */
  readonly inScopeAccuracy: number;
  /** Rejected out-of-scope lines, over all of them. */
  readonly oosRecall: number | null;
  /** Of the out-of-scope score, out-of-scope lines against in-scope ones. */
  readonly auroc: number | null;
  /** Area under the risk-coverage curve; out of scope counts as wrong. */
  readonly aurc: number;
  /** In-scope accuracy and out-of-scope recall as the threshold moves, for the report's curve. */
  readonly curve: readonly ThresholdPoint[];
}

export interface ThresholdPoint {
  readonly threshold: number;
  readonly inScopeAccuracy: number;
  readonly oosRecall: number | null;
}

export interface CalibrationScores {
  /** Expected calibration error of the top label over in-scope lines, 15 equal-width bins. */
  readonly ece: number;
  /** Bootstrap, 95 %. */
  readonly interval: readonly [number, number];
  readonly bins: readonly CalibrationBin[];
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability and accuracy inside the bin; null when it is empty. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface ReportedEntities {
  /** Exact span and type. */
  readonly microF1: number;
  readonly overlapF1: number;
  readonly perType: EntityScores['perType'];
  /** Micro F1 on the lines that record a question, with the question known and with it withheld; null without such lines. */
  readonly requested: {
    readonly lines: number;
    readonly with: number;
    readonly without: number;
  } | null;
}

export interface SpeedScores {
  /** One fit of the classifier on all training lines. */
  readonly fitSeconds: number;
  /** Everything: features, folds, calibration, rejector, entities. */
  readonly trainSeconds: number;
  readonly loadMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of messages that the n-grams decided without the encoder; null without an encoder. */
  readonly shortcutRate: number | null;
}
