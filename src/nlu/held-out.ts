import { highestPlace } from './highest-places.ts';
import { examplesAmong, type FitRows, type NgramReading } from './fit-ngrams.ts';
import { vectorOf } from './fit-sentences.ts';
import { neighbourCount, neighbourEvidence, probabilityEvidence, settle } from './intent-classifier.ts';
import { createNeighbourBuffer, type NeighbourBuffer } from './neighbours.ts';
import type { Evidence, RejectorRow } from './rejector.ts';
import type { TrainingTable } from './training-table.ts';
import { findNearVectors, indexVectors, type VectorIndex } from './vector-neighbours.ts';

/** What classifiers that never saw a text make of it. */
export interface HeldOut {
  /** The place of its intent; -1 for out of scope, real or not. */
  readonly label: number;
  /** Whether it has an intent, which was held out with it. */
  readonly foreign: boolean;
  readonly text: string;
  /** Of the n-grams, one for each class. */
  readonly logits: Float32Array;
  /** Of the sentence vectors, where those were learned too. */
  readonly sentenceLogits: Float32Array | undefined;
  readonly evidence: Pick<Evidence, 'known' | 'length'>;
  /** What the learned utterances nearest to it say about a best intent. */
  readonly near: (best: number) => NearEvidence;
  /** The same by meaning, among the utterances of the likeliest intents. */
  readonly nearInMeaning: (probabilities: Float32Array) => NearEvidence;
}

type NearEvidence = Pick<Evidence, 'nearest' | 'tenthNearest' | 'agreement'>;

/** Which rows to hold out from which, and what holding them out stands for. */
export interface Part extends FitRows {
  /** Whether the held rows' intents are unknown to what is learned, so that they count as out of scope. */
  readonly foreign: boolean;
}

/** The held rows of a part as its classifiers read them. */
export function readHeldOut(
  table: TrainingTable,
  { train, held, foreign }: Part,
  reading: NgramReading,
  sentenceLogits: Float32Array | undefined,
): HeldOut[] {
  const { classes, sentences } = table;
  const examples = examplesAmong(table, train);
  const intentOf = Uint16Array.from(examples, (row) => table.labels[row] ?? 0);
  let vectors: VectorIndex | undefined;
  const vectorsOf = (): VectorIndex | undefined => {
    vectors ??=
      sentences &&
      indexVectors(
        Array.from(examples, (row) => vectorOf(sentences, row)),
        sentences.dimensions,
        intentOf,
        table.intents,
      );
    return vectors;
  };
  return Array.from(held, (row, place): HeldOut => {
    const label = table.labels[row] ?? 0;
    return {
      label: foreign || label === table.intents ? -1 : label,
      foreign,
      text: table.texts[row] ?? '',
      logits: reading.logits.subarray(place * classes, (place + 1) * classes),
      sentenceLogits: sentenceLogits?.subarray(place * classes, (place + 1) * classes),
      evidence: { known: reading.known[place] ?? 0, length: Math.log(1 + (table.lengths[row] ?? 0)) },
      near: (best) => {
        const buffer = bufferOf(reading.found[place] ?? 0);
        buffer.rows.set(reading.nearPlaces.subarray(place * neighbourCount, (place + 1) * neighbourCount));
        buffer.scores.set(reading.nearScores.subarray(place * neighbourCount, (place + 1) * neighbourCount));
        return neighbourEvidence(buffer, intentOf, best);
      },
      nearInMeaning: (probabilities) => {
        const buffer = bufferOf(0);
        const index = vectorsOf();
        if (index && sentences) findNearVectors(index, vectorOf(sentences, row), probabilities, buffer);
        return neighbourEvidence(buffer, intentOf, highestPlace(probabilities));
      },
    };
  });
}

function bufferOf(found: number): NeighbourBuffer {
  return { ...createNeighbourBuffer(neighbourCount), found };
}

/** A held-out text as calibrated classifiers read it. */
export interface ReadRow extends RejectorRow {
  readonly text: string;
  /** The places of its intent, -1 for out of scope, and of the intent that it was taken for. */
  readonly label: number;
  readonly best: number;
}

/**
 * Reads a held-out text as a message is read.
 *
 * @param logits - Calibrated, one for each class; overwritten.
 */
export function readRow(
  { text, label, evidence, near, nearInMeaning }: HeldOut,
  logits: Float32Array,
  intents: number,
  by: 'ngrams' | 'meaning',
): ReadRow {
  const foreign = settle(logits, intents);
  const probabilities = logits.subarray(0, intents);
  const best = highestPlace(probabilities);
  return {
    ...{ text, label, best },
    evidence: {
      ...probabilityEvidence(probabilities),
      ...(by === 'ngrams' ? near(best) : nearInMeaning(probabilities)),
      ...evidence,
      foreign,
    },
    kind: label < 0 ? 'out of scope' : best === label ? 'right' : 'wrong',
  };
}
