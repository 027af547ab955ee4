import type { TagType } from './tag-set.ts';
import type { TopicModel } from './topic-model.ts';

/** A fitted tagger. */
export interface TaggerModel {
  readonly types: readonly TagType[];
  /** Hash of each feature that has weights. */
  readonly keys: Int32Array;
  /** The pairs of feature `f` are those from `offsets[f]` to `offsets[f + 1] - 1`. */
  readonly offsets: Int32Array;
  readonly labels: Uint16Array;
  /** In steps of `step`. */
  readonly weights: Int16Array;
  readonly step: number;
  /** `transitions[from * labelCount + to]`. */
  readonly transitions: Float32Array;
  readonly topics: TopicModel | undefined;
}
