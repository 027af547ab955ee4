import { trainDenseClassifier, denseSettingsFor } from './encoder/train-dense-classifier.ts';
import type { DenseClassifier } from './encoder/dense-classifier.ts';
import { highestPlace, neighbourCount, neighbourEvidence } from './intent-classifier.ts';
import { createNeighbourBuffer, findNeighbours, indexNeighbours, type NeighbourIndex } from './neighbours.ts';
import type { Evidence } from './rejector.ts';
import { fitSoftmax, scoreRow, type SoftmaxSettings, type SoftmaxWeights } from './softmax-regression.ts';
import { appendRows, selectRows } from './sparse-matrix.ts';
import { indexVectors, type VectorIndex } from './vector-neighbours.ts';
import type { VectorizedTexts } from './vectorize.ts';

/** What an encoder makes of the texts: of the examples, the tuning examples and the intents' names. */
export interface SentenceVectors {
  /** How many of a vector's first numbers are the sentence embedding. */
  readonly dimensions: number;
  readonly byText: ReadonlyMap<string, Float32Array>;
}

export interface LabelledTexts extends VectorizedTexts {
  readonly texts: readonly string[];
  readonly labels: Uint16Array;
}

/** What there is to learn from. */
export interface Material {
  readonly known: LabelledTexts;
  /** The intents' names, one of each. */
  readonly named: LabelledTexts;
  /** Examples of out of scope. */
  readonly outside: LabelledTexts;
}

interface Rows {
  readonly known: Uint32Array;
  readonly outside: Uint32Array;
}

/** A model of part of the data. */
export interface Part {
  readonly intents: number;
  readonly weights: SoftmaxWeights;
  readonly neighbours: NeighbourIndex;
  readonly intentOf: Uint16Array;
  /** 1 for each feature that the part has seen. */
  readonly seen: Uint8Array;
  readonly sentences?: SentencePart | undefined;
}

export interface SentencePart {
  readonly classifier: DenseClassifier;
  readonly vectors: VectorIndex;
}

/** What a model that never saw a text makes of it. */
export interface HeldOut {
  /** -1 for out of scope. */
  readonly label: number;
  readonly text: string;
  readonly logits: Float32Array;
  readonly evidence: Omit<Evidence, 'logTop' | 'margin' | 'entropy' | 'foreign'>;
  readonly sentence?: HeldOutSentence | undefined;
}

export interface HeldOutSentence {
  readonly logits: Float32Array;
  readonly vector: Float32Array;
  readonly part: Part & { readonly sentences: SentencePart };
}

/** Learns the given rows, those out of scope as a last class, and every intent's name, which says what it means before any example does. */
export function fitPart(
  { known, named, outside }: Material,
  rows: Rows,
  settings: SoftmaxSettings,
  sentences: SentenceVectors | undefined,
): Part {
  const intents = named.texts.length;
  const matrix =
    rows.known.length === known.texts.length ? known.matrix : selectRows(known.matrix, rows.known);
  const foreign = selectRows(outside.matrix, rows.outside);
  const intentOf = Uint16Array.from(rows.known, (row) => known.labels[row] ?? 0);
  const seen = new Uint8Array(matrix.columns);
  for (const { indices } of [matrix, foreign]) for (const feature of indices) seen[feature] = 1;
  const labels = [...intentOf, ...named.labels, ...new Array<number>(foreign.rows).fill(intents)];
  const weights = fitSoftmax(
    appendRows(appendRows(matrix, named.matrix), foreign),
    labels,
    foreign.rows === 0 ? intents : intents + 1,
    settings,
  );
  const part = { intents, weights, neighbours: indexNeighbours(matrix), intentOf, seen };
  if (!sentences) return part;
  const texts = [
    ...Array.from(rows.known, (row) => known.texts[row] ?? ''),
    ...named.texts,
    ...Array.from(rows.outside, (row) => outside.texts[row] ?? ''),
  ];
  return {
    ...part,
    sentences: fitSentences(texts, labels, weights.classes, intentOf, intents, sentences, settings.seed),
  };
}

/** The classifier learns all texts; the first of them, which `intentOf` labels, are also to be found by nearness. */
function fitSentences(
  texts: readonly string[],
  labels: readonly number[],
  classes: number,
  intentOf: Uint16Array,
  intents: number,
  { byText, dimensions }: SentenceVectors,
  seed: number,
): SentencePart {
  const vectors = texts.map((text) => byText.get(text) ?? new Float32Array(dimensions));
  return {
    classifier: trainDenseClassifier(
      { vectors: joinRows(vectors), labels, classes },
      denseSettingsFor(labels.length, seed),
    ),
    vectors: indexVectors(vectors.slice(0, intentOf.length), dimensions, intentOf, intents),
  };
}

function joinRows(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) all.set(row, index * width);
  return all;
}

export function holdOut(
  part: Part,
  from: LabelledTexts,
  rows: Uint32Array,
  { byText }: Pick<SentenceVectors, 'byText'>,
  label?: -1,
): HeldOut[] {
  const { indices, values, starts } = from.matrix;
  const buffer = createNeighbourBuffer(part.neighbours, neighbourCount);
  return Array.from(rows, (row) => {
    const start = starts[row] ?? 0;
    const end = starts[row + 1] ?? 0;
    const logits = new Float32Array(part.weights.classes);
    scoreRow(part.weights, indices, values, start, end, logits);
    findNeighbours(part.neighbours, from.matrix, start, end, buffer);
    let seen = 0;
    for (let at = start; at < end; at += 1) seen += part.seen[indices[at] ?? 0] ?? 0;
    const evidence = {
      ...neighbourEvidence(buffer, part.intentOf, highestPlace(logits.subarray(0, part.intents))),
      known: end === start ? 0 : ((from.known[row] ?? 0) * seen) / (end - start),
      length: Math.log(1 + (from.lengths[row] ?? 0)),
    };
    const text = from.texts[row] ?? '';
    const sentence = holdOutSentence(part, byText.get(text));
    return { label: label ?? from.labels[row] ?? 0, text, logits, evidence, sentence };
  });
}

function holdOutSentence(part: Part, vector: Float32Array | undefined): HeldOutSentence | undefined {
  const { sentences } = part;
  if (!sentences || !vector) return undefined;
  return { logits: sentences.classifier.logits(vector).slice(), vector, part: { ...part, sentences } };
}
