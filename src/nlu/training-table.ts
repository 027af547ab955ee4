import { intentWords } from './intent-words.ts';
import type { TrainingExample } from './training-example.ts';
import {
  fitVectorizer,
  vectorizeAll,
  type VectorizedTexts,
  type Vectorizer,
  type VectorSettings,
} from './vectorize.ts';

/** What labels an utterance that no intent covers. */
export const outOfScopeIntent = 'oos';

/** From here on examples of out of scope are a class that the classifier learns. */
const FEWEST_OUT_OF_SCOPE = 5;

/** What an encoder makes of the texts: of the examples, the tuning examples and the intents' names. */
export interface SentenceVectors {
  /** How many of a vector's first numbers are the sentence embedding. */
  readonly dimensions: number;
  readonly byText: ReadonlyMap<string, Float32Array>;
}

/**
 * All that training reads, a row for each text, kind by kind: examples, the intents' names (what an intent means before
 * any example says it), examples of out of scope, and what only tunes. It can be sent to another thread.
 */
export interface TrainingTable extends VectorizedTexts {
  readonly texts: readonly string[];
  /** The place of each row's intent; the number of intents itself for out of scope. */
  readonly labels: Uint16Array;
  readonly intents: number;
  /** One more than intents when out of scope is learned as a class. */
  readonly classes: number;
  /** Where each kind of row ends, in the order of {@link rowKinds}. */
  readonly ends: readonly number[];
  readonly sentences?: VectorTable | undefined;
}

/** The vectors of all rows, one after the other. */
export interface VectorTable {
  readonly width: number;
  /** How many of a vector's first numbers are the sentence embedding. */
  readonly dimensions: number;
  readonly vectors: Float32Array;
}

const rowKinds = ['examples', 'names', 'outside', 'tuning', 'tuningOutside'] as const;
type RowKind = (typeof rowKinds)[number];

/** The rows of one kind, ascending. */
export function rowsOf({ ends }: TrainingTable, kind: RowKind): Uint32Array {
  const place = rowKinds.indexOf(kind);
  const start = ends[place - 1] ?? 0;
  return Uint32Array.from({ length: (ends[place] ?? 0) - start }, (_, index) => start + index);
}

/** How many rows are examples of an intent; they come first. */
export function exampleCount({ ends }: TrainingTable): number {
  return ends[0] ?? 0;
}

/** @param valid - Examples that tune and never train. */
export function buildTrainingTable(
  examples: readonly TrainingExample[],
  valid: readonly TrainingExample[],
  settings: VectorSettings,
  encoded: SentenceVectors | undefined,
): { readonly table: TrainingTable; readonly intents: readonly string[]; readonly vectorizer: Vectorizer } {
  const inside = examples.filter(({ intent }) => intent !== undefined && intent !== outOfScopeIntent);
  const outside = examples.filter(({ intent }) => intent === outOfScopeIntent);
  const intents = [...new Set(inside.map(({ intent }) => intent ?? ''))].sort();
  const placeOf = new Map(intents.map((intent, place) => [intent, place]));
  const parts: Record<RowKind, readonly (readonly [text: string, label: number])[]> = {
    examples: inside.map(({ text, intent }) => [text, placeOf.get(intent ?? '') ?? 0]),
    names: intents.map((intent, place) => [intentWords(intent), place]),
    outside: outside.map(({ text }) => [text, intents.length]),
    tuning: valid.flatMap(({ text, intent }) => {
      const place = placeOf.get(intent ?? '');
      return place === undefined ? [] : [[text, place] as const];
    }),
    tuningOutside: valid
      .filter(({ intent }) => intent === outOfScopeIntent)
      .map(({ text }) => [text, intents.length]),
  };
  const learnsOutside = outside.length >= FEWEST_OUT_OF_SCOPE;
  const learned = [...parts.examples, ...(learnsOutside ? parts.outside : []), ...parts.names];
  const vectorizer = fitVectorizer(
    learned.map(([text]) => text),
    learned.map(([, label]) => label),
    settings,
  );
  const rows = rowKinds.flatMap((kind) => parts[kind]);
  const texts = rows.map(([text]) => text);
  let end = 0;
  const table = {
    ...vectorizeAll(vectorizer, texts),
    texts,
    labels: Uint16Array.from(rows, ([, label]) => label),
    intents: intents.length,
    classes: intents.length + (learnsOutside ? 1 : 0),
    ends: rowKinds.map((kind) => (end += parts[kind].length)),
    sentences: encoded && vectorTable(texts, encoded),
  };
  return { table, intents, vectorizer };
}

function vectorTable(texts: readonly string[], { byText, dimensions }: SentenceVectors): VectorTable {
  const width = byText.values().next().value?.length ?? dimensions;
  const vectors = new Float32Array(texts.length * width);
  for (const [row, text] of texts.entries()) vectors.set(byText.get(text) ?? [], row * width);
  return { width, dimensions, vectors };
}
