/** Which of the things on offer a text means, and how well it fits, 0 to 1. */
export interface Resolution {
  /** The place among the choices, from 0. */
  readonly option: number;
  readonly fit: number;
  /** The words of the text, folded, that say so. */
  readonly words: string;
}

/** How well a text fits the choice that it names so, 0 to 1. */
export const fits = {
  same: 0.99,
  ordinal: 0.92,
  named: 0.95,
  attribute: 0.9,
  other: 0.85,
  typo: 0.8,
  described: 0.7,
} as const;

/** An end of all that is on offer, not what is better than something. */
export const superlative = /(?:est|most|least|lowest)\b|最/u;
