/** Logits of held-out rows, row by row, with the class that was right. */
export interface HeldOutLogits {
  readonly classes: number;
  readonly logits: Float32Array;
  readonly labels: ArrayLike<number>;
}

/**
 * The share of a held-out label that counts as unknown, spread over all classes: of few rows that are all right, the next
 * may still be wrong, and probabilities must not come out as certainties.
 *
 * @see Platt 1999, "Probabilistic outputs for support vector machines", section 2.2: the targets
 */
export function doubtOf(rows: number): number {
  return 1 / (rows + 2);
}

/**
 * The temperature by which logits are divided so that probabilities mean what they say: the one that makes the
 * held-out labels likeliest.
 *
 * @returns 1 when there is nothing to learn from.
 * @see Guo et al.: On calibration of modern neural networks (ICML 2017)
 */
export function fitTemperature(held: HeldOutLogits): number {
  if (held.labels.length === 0) return 1;
  // The loss is unimodal in log temperature: golden section between 1/20 and 20.
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.05);
  let high = Math.log(20);
  for (let step = 0; step < 40; step += 1) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (logLoss(held, Math.exp(left)) < logLoss(held, Math.exp(right))) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

function logLoss({ classes, logits, labels }: HeldOutLogits, temperature: number): number {
  let loss = 0;
  const doubt = doubtOf(labels.length);
  for (let row = 0; row < labels.length; row += 1) {
    const from = row * classes;
    let highest = -Infinity;
    for (let c = from; c < from + classes; c += 1) highest = Math.max(highest, logits[c] ?? 0);
    let total = 0;
    let mean = 0;
    for (let c = from; c < from + classes; c += 1) {
      total += Math.exp(((logits[c] ?? 0) - highest) / temperature);
      mean += (logits[c] ?? 0) / classes;
    }
    const target = (1 - doubt) * (logits[from + (labels[row] ?? 0)] ?? 0) + doubt * mean;
    loss += Math.log(total) - (target - highest) / temperature;
  }
  return loss;
}
