import { createFeatureBuffer, featurize, type FeatureBuffer, type FeatureSettings } from './featurize.ts';
import type { SparseMatrix } from './sparse-matrix.ts';
import { createVocabulary, findFeature, type Vocabulary } from './vocabulary.ts';

export interface VectorSettings extends FeatureSettings {
  /** Features in fewer training texts than this are left out. */
  readonly minDocuments: number;
  readonly maxFeatures: number;
  /** Exponent of the inverse document frequency: 1 is the usual weight, less trusts rare features less. */
  readonly idfPower: number;
  /** Share of the squared length that the word features have; the characters have the rest. */
  readonly wordShare: number;
}

/** Turns texts into unit vectors of TF-IDF weights. */
export interface Vectorizer {
  readonly settings: VectorSettings;
  readonly vocabulary: Vocabulary;
}

/** One text's vector in buffers that are reused: `size` entries of `indices` and `values` count. */
export interface VectorBuffer {
  readonly features: FeatureBuffer;
  indices: Uint32Array;
  values: Float32Array;
  size: number;
  /** Share of the text's features that the vocabulary knows, 0 to 1; 0 for a text without features. */
  known: number;
  /** Per feature of the vocabulary: place in `indices` + 1 while a text is read, else 0. */
  readonly places: Uint32Array;
}

export function createVectorBuffer(vocabulary: Vocabulary): VectorBuffer {
  return {
    features: createFeatureBuffer(),
    indices: new Uint32Array(256),
    values: new Float32Array(256),
    size: 0,
    known: 0,
    places: new Uint32Array(vocabulary.size),
  };
}

/** Counts the features of the training texts; the order of features follows the texts, so it is reproducible. */
export function fitVectorizer(texts: readonly string[], settings: VectorSettings): Vectorizer {
  const documents = new Map<number, number>();
  const buffer = createFeatureBuffer();
  for (const text of texts) {
    featurize(text, settings, buffer);
    for (const hash of new Set(buffer.hashes.subarray(0, buffer.size))) {
      documents.set(hash, (documents.get(hash) ?? 0) + 1);
    }
  }
  let kept = [...documents].filter(([, count]) => count >= settings.minDocuments);
  if (kept.length > settings.maxFeatures) {
    kept = kept.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, settings.maxFeatures);
  }
  const hashes = Uint32Array.from(kept, ([hash]) => hash);
  const idf = Float32Array.from(
    kept,
    ([, count]) => (Math.log((1 + texts.length) / (1 + count)) + 1) ** settings.idfPower,
  );
  return { settings, vocabulary: createVocabulary(hashes, idf) };
}

/** The vectors of many texts, with what the rejector wants to know of each. */
export interface VectorizedTexts {
  readonly matrix: SparseMatrix;
  /** Share of each text's features that the vocabulary knows. */
  readonly known: Float32Array;
  /** How many features each text has, known or not. */
  readonly lengths: Uint32Array;
}

export function vectorizeAll(vectorizer: Vectorizer, texts: readonly string[]): VectorizedTexts {
  const buffer = createVectorBuffer(vectorizer.vocabulary);
  const starts = new Uint32Array(texts.length + 1);
  let indices = new Uint32Array(texts.length * 128 + 1024);
  let values = new Float32Array(indices.length);
  const known = new Float32Array(texts.length);
  const lengths = new Uint32Array(texts.length);
  let size = 0;
  for (const [row, text] of texts.entries()) {
    vectorize(vectorizer, text, buffer);
    if (size + buffer.size > indices.length) {
      const grown = Math.max(indices.length * 2, size + buffer.size);
      indices = copyInto(new Uint32Array(grown), indices);
      values = copyInto(new Float32Array(grown), values);
    }
    indices.set(buffer.indices.subarray(0, buffer.size), size);
    values.set(buffer.values.subarray(0, buffer.size), size);
    size += buffer.size;
    starts[row + 1] = size;
    known[row] = buffer.known;
    lengths[row] = buffer.features.size;
  }
  const columns = vectorizer.vocabulary.size;
  indices = indices.slice(0, size);
  values = values.slice(0, size);
  return { matrix: { rows: texts.length, columns, starts, indices, values }, known, lengths };
}

function copyInto<T extends Uint32Array | Float32Array>(target: T, source: T): T {
  target.set(source);
  return target;
}

/** Writes the text's vector into `buffer`: words and characters each brought to their share of the length. */
export function vectorize({ settings, vocabulary }: Vectorizer, text: string, buffer: VectorBuffer): void {
  const { features, places } = buffer;
  featurize(text, settings, features);
  if (features.size > buffer.indices.length) {
    buffer.indices = new Uint32Array(features.size * 2);
    buffer.values = new Float32Array(features.size * 2);
  }
  const { indices, values } = buffer;
  buffer.size = 0;

  const words = countFeatures(buffer, vocabulary, 0, features.wordSize);
  const wordEnd = buffer.size;
  const chars = countFeatures(buffer, vocabulary, features.wordSize, features.size);
  buffer.known = features.size === 0 ? 0 : (words + chars) / features.size;

  for (let at = 0; at < buffer.size; at += 1) {
    const feature = indices[at] ?? 0;
    values[at] = (1 + Math.log(values[at] ?? 1)) * (vocabulary.idf[feature] ?? 0);
    places[feature] = 0;
  }
  const wordShare = wordEnd === buffer.size ? 1 : wordEnd === 0 ? 0 : settings.wordShare;
  scale(values, 0, wordEnd, Math.sqrt(wordShare));
  scale(values, wordEnd, buffer.size, Math.sqrt(1 - wordShare));
}

function countFeatures(buffer: VectorBuffer, vocabulary: Vocabulary, from: number, to: number): number {
  const { features, places, indices, values } = buffer;
  let known = 0;
  for (let at = from; at < to; at += 1) {
    const feature = findFeature(vocabulary, features.hashes[at] ?? 0);
    if (feature < 0) continue;
    known += 1;
    const place = places[feature] ?? 0;
    if (place > 0) {
      values[place - 1] = (values[place - 1] ?? 0) + 1;
      continue;
    }
    indices[buffer.size] = feature;
    values[buffer.size] = 1;
    buffer.size += 1;
    places[feature] = buffer.size;
  }
  return known;
}

function scale(values: Float32Array, from: number, to: number, length: number): void {
  let squares = 0;
  for (let at = from; at < to; at += 1) squares += (values[at] ?? 0) ** 2;
  if (squares === 0) return;
  const factor = length / Math.sqrt(squares);
  for (let at = from; at < to; at += 1) values[at] = (values[at] ?? 0) * factor;
}
