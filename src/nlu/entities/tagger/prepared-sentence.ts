import type { AnnotatedTokens } from './phrase-knowledge.ts';
import type { Tokens } from './split-tokens.ts';
import type { SentenceView } from './token-features.ts';

/** One example, ready to be learned from. */
export interface PreparedSentence {
  readonly tokens: Tokens;
  readonly annotated: readonly AnnotatedTokens[];
  readonly labels: Int32Array;
  readonly view: SentenceView;
  /** Names of the slots that were asked for. */
  readonly requested: readonly string[];
}
