import { createDenseClassifier, type DenseWeights } from './encoder/dense-classifier.ts';
import { denseSettingsFor } from './encoder/dense-settings.ts';
import { trainDenseClassifier } from './encoder/train-dense-classifier.ts';
import type { FitRows } from './fit-ngrams.ts';
import { areNamesAlone, nearnessWeights } from './name-nearness.ts';
import type { TrainingTable, VectorTable } from './training-table.ts';

/** Learns the sentence vectors of some rows; where they are names alone, how near a text comes to each counts beside. */
export function fitSentences(
  table: TrainingTable,
  sentences: VectorTable,
  train: Uint32Array,
  seed: number,
): DenseWeights {
  const labels = Uint16Array.from(train, (row) => table.labels[row] ?? 0);
  const vectors = new Float32Array(train.length * sentences.width);
  for (const [place, row] of train.entries()) vectors.set(vectorOf(sentences, row), place * sentences.width);
  const { classes } = table;
  const settings = denseSettingsFor(train.length, seed);
  const weights = trainDenseClassifier({ vectors, labels, classes }, settings);
  if (!areNamesAlone(labels, classes)) return weights;
  const nearness = nearnessWeights(vectors, labels, classes, sentences.dimensions);
  return sideBySide([
    { weights, share: 1 },
    { weights: nearness, share: 1 },
  ]);
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

/** A classifier, and how much its logits count. */
export interface SharedWeights {
  readonly weights: DenseWeights;
  readonly share: number;
}

/** Several classifiers as one whose hidden layer is all of theirs; its logits are the weighted sum of theirs. */
export function sideBySide(parts: readonly SharedWeights[]): DenseWeights {
  const one = parts[0]?.weights;
  if (!one) throw new Error('nothing to put side by side');
  const { inputs, classes } = one;
  const hidden = parts.reduce((sum, { weights }) => sum + weights.hidden, 0);
  const together = {
    ...{ inputs, hidden, classes },
    first: new Float32Array(inputs * hidden),
    firstBias: new Float32Array(hidden),
    second: new Float32Array(hidden * classes),
    secondBias: new Float32Array(classes),
  };
  let from = 0;
  for (const { weights, share } of parts) {
    for (let row = 0; row < inputs; row += 1) {
      together.first.set(
        weights.first.subarray(row * weights.hidden, (row + 1) * weights.hidden),
        row * hidden + from,
      );
    }
    together.firstBias.set(weights.firstBias, from);
    together.second.set(
      weights.second.map((weight) => weight * share),
      from * classes,
    );
    for (let c = 0; c < classes; c += 1) {
      together.secondBias[c] = (together.secondBias[c] ?? 0) + (weights.secondBias[c] ?? 0) * share;
    }
    from += weights.hidden;
  }
  return together;
}
