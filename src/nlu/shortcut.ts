/** A held-out text as two readers see it: the n-grams alone, and n-grams and encoder together. */
export interface ShortcutRow {
  /** P(the best intent is what was meant), as the n-grams alone say, 0 to 1. */
  readonly confidence: number;
  readonly inScope: boolean;
  /** Whether acting on the n-grams' best intent would be right; never so for a text out of scope. */
  readonly alone: boolean;
  /** Whether both together end right: the right intent is best, or a text out of scope is not acted on. */
  readonly together: boolean;
}

/** Shares of the texts in scope, and of those out of it, that may come out worse for not asking the encoder. */
const HARM_ALLOWED = { inside: 0.001, outside: 0.003 } as const;

/** Fewer texts in scope than this say little of one in a thousand: what they do not show may well happen. */
const FEWEST_ROWS = 300;

/** A confidence that no text exceeds: the encoder is always asked. */
export const neverSure = 1;

/**
 * Finds the confidence above which the n-grams decide alone: the least at which, of all held-out texts, at most one in a
 * thousand comes out worse than with the encoder (three, of those out of scope). What comes out better is not set against it.
 *
 * @param least - Never lower than this: below the rejectors' thresholds nothing is sure.
 * @returns `neverSure` when there is too little to learn from.
 */
export function fitShortcut(rows: readonly ShortcutRow[], least: number): number {
  const sorted = [...rows].sort((a, b) => b.confidence - a.confidence);
  const inside = rows.filter(({ inScope }) => inScope).length;
  const allowed = {
    inside: HARM_ALLOWED.inside * inside,
    outside: HARM_ALLOWED.outside * (rows.length - inside),
  };
  if (inside < FEWEST_ROWS) return neverSure;

  const harmed = { inside: 0, outside: 0 };
  for (const { confidence, inScope, alone, together } of sorted) {
    if (confidence <= least) break;
    if (!together || alone) continue;
    harmed[inScope ? 'inside' : 'outside'] += 1;
    if (harmed.inside > allowed.inside || harmed.outside > allowed.outside) return confidence;
  }
  return least;
}
