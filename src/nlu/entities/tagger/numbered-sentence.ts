/** A sentence as feature numbers. */
export interface NumberedSentence extends TokenNumbers {
  /** The label of each token. */
  readonly labels: Int32Array;
  /** Which example it is; -1 when it was made up. */
  readonly example: number;
  /** Set when it answers a question. */
  readonly asked?: AskedFeatures | undefined;
}

/** Feature numbers: those of token `t` are `features[offsets[t]]` to `features[offsets[t + 1] - 1]`. */
export interface TokenNumbers {
  readonly features: Int32Array;
  readonly offsets: Int32Array;
}

/** What holds of a sentence's tokens because of the question: numbers of their own. */
export interface AskedFeatures {
  /** For it to begin at a token. */
  readonly begins: TokenNumbers;
  /** For it to go on there. */
  readonly goesOn: TokenNumbers;
  /** Types that may fill what was asked for. */
  readonly types: readonly number[];
}
