import { createDenseClassifier, type DenseWeights } from './encoder/dense-classifier.ts';
import { denseSettingsFor, trainDenseClassifier } from './encoder/train-dense-classifier.ts';
import type { FitRows } from './fit-ngrams.ts';
import type { TrainingTable, VectorTable } from './training-table.ts';

/**
 * Learns the sentence vectors of some rows.
 *
 * @param fits - How many classifiers, each begun and ordered by a seed of its own, are averaged.
 */
export function fitSentences(
  table: TrainingTable,
  sentences: VectorTable,
  train: Uint32Array,
  seed: number,
  fits: number,
): DenseWeights {
  const labels = Uint16Array.from(train, (row) => table.labels[row] ?? 0);
  const vectors = new Float32Array(train.length * sentences.width);
  for (const [place, row] of train.entries()) vectors.set(vectorOf(sentences, row), place * sentences.width);
  const examples = { vectors, labels, classes: table.classes };
  return sideBySide(
    Array.from({ length: fits }, (_, fit) =>
      trainDenseClassifier(examples, denseSettingsFor(train.length, seed + fit)),
    ),
  );
}

/** The logits of the held rows, one row after the other. */
export function readSentences(
  sentences: VectorTable,
  { held }: Pick<FitRows, 'held'>,
  weights: DenseWeights,
): Float32Array {
  const classifier = createDenseClassifier(weights);
  const logits = new Float32Array(held.length * weights.classes);
  for (const [place, row] of held.entries()) {
    logits.set(classifier.logits(vectorOf(sentences, row)), place * weights.classes);
  }
  return logits;
}

/** One row's vector. */
export function vectorOf({ vectors, width }: VectorTable, row: number): Float32Array {
  return vectors.subarray(row * width, (row + 1) * width);
}

/** Several classifiers as one whose hidden layer is all of theirs; its logits are the mean of theirs. */
export function sideBySide(parts: readonly DenseWeights[]): DenseWeights {
  const [one] = parts;
  if (!one) throw new Error('nothing to put side by side');
  const { inputs, classes } = one;
  const hidden = parts.reduce((sum, part) => sum + part.hidden, 0);
  const weights = {
    ...{ inputs, hidden, classes },
    first: new Float32Array(inputs * hidden),
    firstBias: new Float32Array(hidden),
    second: new Float32Array(hidden * classes),
    secondBias: new Float32Array(classes),
  };
  let from = 0;
  for (const part of parts) {
    for (let row = 0; row < inputs; row += 1) {
      weights.first.set(part.first.subarray(row * part.hidden, (row + 1) * part.hidden), row * hidden + from);
    }
    weights.firstBias.set(part.firstBias, from);
    weights.second.set(
      part.second.map((weight) => weight / parts.length),
      from * classes,
    );
    for (let c = 0; c < classes; c += 1) {
      weights.secondBias[c] = (weights.secondBias[c] ?? 0) + (part.secondBias[c] ?? 0) / parts.length;
    }
    from += part.hidden;
  }
  return weights;
}
