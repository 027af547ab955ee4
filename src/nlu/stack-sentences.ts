import { createDenseClassifier, type DenseWeights } from './encoder/dense-classifier.ts';
import { vectorOf } from './fit-sentences.ts';
import { readRow, type HeldOut, type ReadRow } from './held-out.ts';
import type { SentenceModel } from './intent-classifier.ts';
import { logisticProbability } from './logistic.ts';
import { confidenceOf, evidenceVector, type Rejector } from './rejector.ts';
import { fitShortcut } from './shortcut.ts';
import { fitStackWeights, stackLogits } from './stack-weights.ts';
import { exampleCount, type TrainingTable, type VectorTable } from './training-table.ts';
import { indexVectors } from './vector-neighbours.ts';

/** What the n-grams alone make of held-out texts. */
export interface NgramsAlone {
  readonly rejector: Rejector;
  /** In the order of the held-out texts. */
  readonly rows: readonly ReadRow[];
}

/** The sentence vectors' half of a model, and how both halves together read the held-out texts that both have read. */
export interface StackedSentences {
  readonly model: SentenceModel;
  readonly rows: readonly ReadRow[];
}

/** More held-out texts than this move a weight no further. */
const ENOUGH_TO_WEIGH = 4000;

/** Weighs the two classifiers, fits what rejects their common reading, and finds where the n-grams need no second opinion. */
export function stackSentences(
  table: TrainingTable,
  sentences: VectorTable,
  weights: DenseWeights,
  heldOut: readonly HeldOut[],
  alone: NgramsAlone,
  rejectorFor: (rows: readonly ReadRow[]) => Rejector,
): StackedSentences {
  const { intents } = table;
  const both = heldOut.flatMap((row, place) => {
    const { sentenceLogits } = row;
    const read = alone.rows[place];
    return sentenceLogits && read ? [{ row, sentenceLogits, alone: read }] : [];
  });
  const inside = both.filter(({ row }) => row.label >= 0);
  const every = Math.ceil(inside.length / ENOUGH_TO_WEIGH);
  const stack = fitStackWeights(
    inside
      .filter((_, place) => place % every === 0)
      .map(({ row: { label, logits }, sentenceLogits }) => ({
        label,
        ngrams: logits.subarray(0, intents),
        sentences: sentenceLogits.subarray(0, intents),
      })),
  );
  const rows = both.map(({ row, sentenceLogits }) => {
    const stacked = new Float32Array(row.logits.length);
    stackLogits(stack, row.logits, sentenceLogits, stacked);
    return readRow(row, stacked, intents, 'meaning');
  });
  const rejector = rejectorFor(rows);
  const shortcut = fitShortcut(
    both.map(({ row, alone: read }, place) => {
      const together = rows[place];
      const inScope = row.label >= 0;
      return {
        confidence: confidenceBy(alone.rejector, read),
        inScope,
        alone: read.kind === 'right',
        together: inScope
          ? together?.kind === 'right'
          : together !== undefined && confidenceBy(rejector, together) < rejector.threshold,
      };
    }),
    Math.max(alone.rejector.threshold, rejector.threshold),
  );
  const classifier = createDenseClassifier(weights);
  const count = exampleCount(table);
  const vectors = indexVectors(
    Array.from({ length: count }, (_, row) => vectorOf(sentences, row)),
    sentences.dimensions,
    table.labels.subarray(0, count),
    intents,
  );
  return { model: { classifier, stack, rejector, vectors, shortcut }, rows };
}

function confidenceBy(rejector: Rejector, { evidence }: ReadRow): number {
  return confidenceOf(evidence, logisticProbability(rejector.model, evidenceVector(evidence)));
}
