/** A sentence as feature numbers: those of token `t` are `features[offsets[t]]` to `features[offsets[t + 1] - 1]`. */
export interface NumberedSentence {
  readonly features: Int32Array;
  readonly offsets: Int32Array;
  /** The label of each token. */
  readonly labels: Int32Array;
  /** Types that were asked for: their labels are also known as "begins" and "goes on with what was asked for". */
  readonly requested?: readonly number[] | undefined;
  /** Scores that stand already, row by row. */
  readonly base?: Float32Array | undefined;
}
