/** A sentence as feature numbers: those of token `t` are `features[offsets[t]]` to `features[offsets[t + 1] - 1]`. */
export interface NumberedSentence {
  readonly features: Int32Array;
  readonly offsets: Int32Array;
  /** The label of each token. */
  readonly labels: Int32Array;
  /** Which example it is; -1 when it was made up. */
  readonly example: number;
  /** Set when it answers a question. */
  readonly asked?: AskedFeatures | undefined;
}

/** What holds of a sentence's tokens because of the question: numbers of their own, laid out the same way. */
export interface AskedFeatures {
  readonly features: Int32Array;
  readonly offsets: Int32Array;
  /** Types that may fill what was asked for. */
  readonly types: readonly number[];
}
