import { createNeighbourSearch } from './ngram-kernel.ts';
import { neighbourCount } from './intent-classifier.ts';
import { createNeighbourBuffer, indexNeighbours, type NeighbourIndex } from './neighbours.ts';
import { fitSoftmax, scoreRow, type SoftmaxSettings, type SoftmaxWeights } from './softmax-regression.ts';
import { selectRows } from './sparse-matrix.ts';
import { exampleCount, type TrainingTable } from './training-table.ts';

/** Which rows of the table to learn and which to read with what was learned; both ascending. */
export interface FitRows {
  readonly train: Uint32Array;
  readonly held: Uint32Array;
}

/** What n-grams learned from some rows make of others. Arrays hold the held rows one after the other. */
export interface NgramReading {
  /** One for each class. */
  readonly logits: Float32Array;
  /** Places among the examples that were learned, nearest first, `neighbourCount` to a held row. */
  readonly nearPlaces: Uint32Array;
  readonly nearScores: Float32Array;
  /** How many neighbours each held row has. */
  readonly found: Uint8Array;
  /** Share of each held row's features that the learned examples have. */
  readonly known: Float32Array;
}

export interface NgramModel {
  readonly weights: SoftmaxWeights;
  /** Over the examples that were learned, not over names. */
  readonly neighbours: NeighbourIndex;
}

/** Learns some rows. */
export function fitNgrams(table: TrainingTable, train: Uint32Array, settings: SoftmaxSettings): NgramModel {
  const { matrix, classes } = table;
  const labels = Uint16Array.from(train, (row) => table.labels[row] ?? 0);
  return {
    weights: fitSoftmax(selectRows(matrix, train), labels, classes, settings),
    neighbours: indexNeighbours(selectRows(matrix, examplesAmong(table, train))),
  };
}

export function examplesAmong(table: TrainingTable, rows: Uint32Array): Uint32Array {
  return rows.filter((row) => row < exampleCount(table));
}

/** Reads the held rows with a model of the others. */
export function readNgrams(
  table: TrainingTable,
  { train, held }: FitRows,
  { weights, neighbours }: NgramModel,
): NgramReading {
  const { indices, values, starts } = table.matrix;
  const seen = featuresOf(table, train);
  const findNeighbours = createNeighbourSearch(neighbours);
  const buffer = createNeighbourBuffer(neighbourCount);
  const logits = new Float32Array(held.length * weights.classes);
  const nearPlaces = new Uint32Array(held.length * neighbourCount);
  const nearScores = new Float32Array(held.length * neighbourCount);
  const found = new Uint8Array(held.length);
  const known = new Float32Array(held.length);
  for (const [place, row] of held.entries()) {
    const from = starts[row] ?? 0;
    const to = starts[row + 1] ?? 0;
    const own = logits.subarray(place * weights.classes, (place + 1) * weights.classes);
    scoreRow(weights, indices, values, from, to, own);
    findNeighbours(table.matrix, from, to, buffer);
    found[place] = buffer.found;
    nearPlaces.set(buffer.rows, place * neighbourCount);
    nearScores.set(buffer.scores, place * neighbourCount);
    let familiar = 0;
    for (let at = from; at < to; at += 1) familiar += seen[indices[at] ?? 0] ?? 0;
    known[place] = to === from ? 0 : ((table.known[row] ?? 0) * familiar) / (to - from);
  }
  return { logits, nearPlaces, nearScores, found, known };
}

/** 1 for each feature that some row has, names aside. */
function featuresOf({ matrix, ends }: TrainingTable, rows: Uint32Array): Uint8Array {
  const seen = new Uint8Array(matrix.columns);
  const [examples = 0, names = 0] = ends;
  for (const row of rows) {
    if (row >= examples && row < names) continue;
    for (let at = matrix.starts[row] ?? 0; at < (matrix.starts[row + 1] ?? 0); at += 1) {
      seen[matrix.indices[at] ?? 0] = 1;
    }
  }
  return seen;
}
