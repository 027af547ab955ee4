/** A sentence as feature numbers: those of token `t` are `features[offsets[t]]` to `features[offsets[t + 1] - 1]`. */
export interface NumberedSentence {
  readonly features: Int32Array;
  readonly offsets: Int32Array;
  /** The label of each token. */
  readonly labels: Int32Array;
}
