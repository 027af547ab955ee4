import { doubtOf, fitTemperature } from './calibrate.ts';

/** How much the logits of each classifier count; their weighted sum is the logit of a calibrated probability. */
export interface StackWeights {
  readonly ngrams: number;
  readonly sentences: number;
  /** Of the sentence vectors where they decide alone: in a language that the n-grams have not learned. */
  readonly alone: number;
}

/** What two classifiers that never saw a row make of it. */
export interface StackRow {
  readonly label: number;
  readonly ngrams: Float32Array;
  readonly sentences: Float32Array;
}

/** Where names are all there is; what suits five data sets at once (docs/decisions/0003-sentence-encoder.md). */
const namesAloneWeights: StackWeights = { ngrams: 0.25, sentences: 0.7, alone: 0.6 };

const STEPS = 60;
const RATE = 0.15;

/**
 * Fits the weights that make held-out labels likeliest: stacking and temperature in one.
 *
 * @returns Mostly the sentence vectors when there is nothing to learn from.
 * @see Wolpert 1992, "Stacked generalization"
 */
export function fitStackWeights(rows: readonly StackRow[]): StackWeights {
  // Weights are positive: their logarithms are fitted, by gradient steps of a size that signs adapt (Rprop).
  const logs = [Math.log(0.5), Math.log(0.5)];
  const steps = [RATE, RATE];
  const last = [0, 0];
  if (rows.length === 0) return namesAloneWeights;
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = stackGradient(rows, {
      ngrams: Math.exp(logs[0] ?? 0),
      sentences: Math.exp(logs[1] ?? 0),
    });
    for (const [index, value] of gradient.entries()) {
      const agrees = Math.sign(value) * (last[index] ?? 0);
      steps[index] = Math.min(0.5, (steps[index] ?? RATE) * (agrees > 0 ? 1.2 : agrees < 0 ? 0.5 : 1));
      logs[index] = Math.max(-7, (logs[index] ?? 0) - Math.sign(value) * (steps[index] ?? 0));
      last[index] = Math.sign(value);
    }
  }
  return { ngrams: Math.exp(logs[0] ?? 0), sentences: Math.exp(logs[1] ?? 0), alone: fitAlone(rows) };
}

function fitAlone(rows: readonly StackRow[]): number {
  const classes = rows[0]?.sentences.length ?? 0;
  const logits = new Float32Array(rows.length * classes);
  for (const [row, { sentences }] of rows.entries()) logits.set(sentences, row * classes);
  return 1 / fitTemperature({ classes, logits, labels: rows.map(({ label }) => label) });
}

/**
 * In a language that nothing was learned in, the logits come out smaller than they deserve. On the validation parts of
 * xsid, English to seven languages, 1.4 of them is calibrated best; for safety they count less.
 */
const TRANSFERRED_WEIGHT = 1.2;

/** The weights in a language that the n-grams have not learned. */
export function transferredWeights({ alone }: StackWeights): Omit<StackWeights, 'alone'> {
  return { ngrams: 0, sentences: alone * TRANSFERRED_WEIGHT };
}

/** Writes the stacked logits. */
export function stackLogits(
  { ngrams, sentences }: Omit<StackWeights, 'alone'>,
  ngramLogits: Float32Array,
  sentenceLogits: Float32Array,
  target: Float32Array,
): void {
  for (let c = 0; c < target.length; c += 1) {
    target[c] = ngrams * (ngramLogits[c] ?? 0) + sentences * (sentenceLogits[c] ?? 0);
  }
}

/** The gradient of the log loss by the logarithms of both weights. */
function stackGradient(rows: readonly StackRow[], weights: Omit<StackWeights, 'alone'>): [number, number] {
  let byNgrams = 0;
  let bySentences = 0;
  const logits = new Float32Array(rows[0]?.ngrams.length ?? 0);
  const doubt = doubtOf(rows.length);
  const target = (numbers: Float32Array, label: number): number =>
    (1 - doubt) * (numbers[label] ?? 0) +
    (doubt * numbers.reduce((sum, value) => sum + value, 0)) / numbers.length;
  for (const { label, ngrams, sentences } of rows) {
    stackLogits(weights, ngrams, sentences, logits);
    const highest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
    let total = 0;
    let meanNgrams = 0;
    let meanSentences = 0;
    for (let c = 0; c < logits.length; c += 1) {
      const power = Math.exp((logits[c] ?? 0) - highest);
      total += power;
      meanNgrams += power * (ngrams[c] ?? 0);
      meanSentences += power * (sentences[c] ?? 0);
    }
    byNgrams += meanNgrams / total - target(ngrams, label);
    bySentences += meanSentences / total - target(sentences, label);
  }
  return [byNgrams * weights.ngrams, bySentences * weights.sentences];
}
