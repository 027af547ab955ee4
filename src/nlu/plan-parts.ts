import { MANY_EXAMPLES } from './encoder/dense-settings.ts';
import { classFolds, stratifiedFolds } from './folds.ts';
import type { Part } from './held-out.ts';
import { createRandom, shuffledIndices } from './random.ts';
import { exampleCount, rowsOf, type TrainingTable } from './training-table.ts';

export interface PartSettings {
  readonly folds: number;
  /** Most examples whose held-out readings are kept for calibration. */
  readonly maxHeldOut: number;
  readonly seed: number;
}

export interface PlannedPart extends Part {
  /** Whether sentence vectors are learned too: their classifiers are slow to learn, and a few parts say enough. */
  readonly sentences: boolean;
}

/** Fewer examples of out of scope than this say too little: whole intents are then held out instead. */
const ENOUGH_OUT_OF_SCOPE = 30;
const CLASS_FOLDS = 4;

/** Calibration and the rejector gain nothing by more held-out texts: of many examples, not every fold is learned. */
const ENOUGH_HELD_OUT = 9000;

function foldsNeeded(examples: number, folds: number): number {
  return Math.min(folds, Math.max(2, Math.ceil((ENOUGH_HELD_OUT * folds) / examples)));
}

/** In how many parts sentence vectors are learned: the more examples, the more each part says. */
function sentenceParts(examples: number): number {
  return examples > MANY_EXAMPLES ? 2 : 3;
}

/**
 * What is learned, and what reads it: all examples, read by those that only tune; folds, each read by what it left out;
 * and, where out of scope has too few examples, folds that leave out whole intents.
 *
 * @returns The whole first.
 */
export function planParts(table: TrainingTable, { folds, maxHeldOut, seed }: PartSettings): PlannedPart[] {
  const known = table.labels.subarray(0, exampleCount(table));
  const names = rowsOf(table, 'names');
  const outside = rowsOf(table, 'outside');
  const tuningOutside = rowsOf(table, 'tuningOutside');
  const learned = table.classes > table.intents ? outside : new Uint32Array(0);
  const withSentences = sentenceParts(known.length);

  const whole: PlannedPart = {
    train: joined(rowsOf(table, 'examples'), names, learned),
    held: joined(rowsOf(table, 'tuning'), tuningOutside),
    ...{ foreign: false, sentences: true },
  };
  if (table.intents < 2) return [whole];

  const needed = foldsNeeded(known.length, folds);
  const splits = stratifiedFolds(table.texts.slice(0, known.length), known, folds, seed).slice(0, needed);
  const exampleParts = splits.map(({ train, held }, fold): PlannedPart => ({
    train: joined(
      train,
      names,
      learned.filter((_, place) => place % needed !== fold),
    ),
    held: joined(
      sample(held, Math.ceil(maxHeldOut / needed), seed),
      outside.filter((_, place) => place % needed === fold),
    ),
    ...{ foreign: false, sentences: fold < withSentences },
  }));
  const holdsIntents =
    outside.length + tuningOutside.length < ENOUGH_OUT_OF_SCOPE && table.intents >= 2 * CLASS_FOLDS;
  const intentSplits = holdsIntents ? classFolds(known, table.intents, CLASS_FOLDS, seed) : [];
  const intentParts = intentSplits.slice(0, needed).map(({ train, held }, fold): PlannedPart => ({
    train: joined(train, namesOf(table, train), learned),
    held: sample(held, Math.ceil(maxHeldOut / CLASS_FOLDS / 2), seed),
    ...{ foreign: true, sentences: fold < withSentences },
  }));
  return [whole, ...[...exampleParts, ...intentParts].filter(({ held }) => held.length > 0)];
}

/** The names of the intents that the rows are of. */
function namesOf(table: TrainingTable, rows: Uint32Array): Uint32Array {
  const intents = new Set(Array.from(rows, (row) => table.labels[row]));
  return rowsOf(table, 'names').filter((row) => intents.has(table.labels[row]));
}

function joined(...parts: readonly Uint32Array[]): Uint32Array {
  return Uint32Array.from(parts.flatMap((part) => [...part]));
}

function sample(rows: Uint32Array, most: number, seed: number): Uint32Array {
  if (rows.length <= most) return rows;
  return shuffledIndices(rows.length, createRandom(seed))
    .slice(0, most)
    .map((place) => rows[place] ?? 0)
    .sort();
}
