export interface DenseSettings {
  readonly seed: number;
  readonly hidden: number;
  readonly epochs: number;
  readonly batch: number;
  /** At the start; falls to 0 in a line. */
  readonly learningRate: number;
  /** Share of hidden units left out at each step, 0 to 1. */
  readonly dropout: number;
  /** Probability mass spread over the other classes in the target, 0 to 1. */
  readonly smoothing: number;
}

/** Fewer steps than this leave a small set half learned. */
const FEWEST_STEPS = 400;
/** Sets smaller than this take smaller batches, and more rounds. */
export const MANY_EXAMPLES = 3000;
/** With so many, larger and fewer steps end as well. */
const VERY_MANY_EXAMPLES = 12_000;

/** What folds and few-shot draws of BANKING77, CLINC150 and HWU64 prefer. */
export function denseSettingsFor(examples: number, seed: number): DenseSettings {
  const same = { seed, hidden: 512, dropout: 0.3, smoothing: 0.1 };
  if (examples >= VERY_MANY_EXAMPLES) return { ...same, epochs: 6, batch: 128, learningRate: 3e-3 };
  const batch = examples < MANY_EXAMPLES ? 32 : 64;
  const epochs = Math.min(40, Math.max(8, Math.round((FEWEST_STEPS * batch) / examples)));
  return { ...same, epochs, batch, learningRate: 2e-3 };
}
