import type { LogisticModel } from '../../logistic.ts';
import type { TagType } from './tag-set.ts';
import type { TopicModel } from './topic-model.ts';

/** A fitted tagger. */
export interface TaggerModel {
  readonly types: readonly TagType[];
  /** What the tokens themselves say. */
  readonly base: PackedWeights;
  /** What the slots that were asked for add to it. */
  readonly asked: AskedWeights;
  /** `transitions[from * labelCount + to]`. */
  readonly transitions: Float32Array;
  /** How likely a span is right, by its margin. */
  readonly certainty: LogisticModel;
  readonly topics: TopicModel | undefined;
  readonly phrases: PhraseTypes;
  /** Hashes of the words that stand around values and are none. */
  readonly familiar: Int32Array;
}

/** Weights of features by their hash. */
export interface PackedWeights {
  readonly keys: Int32Array;
  /** The pairs of feature `f` are those from `offsets[f]` to `offsets[f + 1] - 1`. */
  readonly offsets: Int32Array;
  readonly labels: Uint16Array;
  /** In steps of `step`. */
  readonly weights: Int16Array;
  readonly step: number;
}

/** What features of the question add where a type that was asked for begins, by their hash. */
export interface AskedWeights {
  readonly keys: Int32Array;
  /** In steps of `step`. */
  readonly weights: Int16Array;
  readonly step: number;
}

/** Phrases that were annotated, and the type that each mostly is. */
export interface PhraseTypes {
  readonly keys: Int32Array;
  readonly types: Uint16Array;
  /** In tokens. */
  readonly longest: number;
}
