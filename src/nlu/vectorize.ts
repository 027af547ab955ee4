import { createFeatureBuffer, featurize, type FeatureBuffer, type FeatureSettings } from './featurize.ts';
import type { SparseMatrix } from './sparse-matrix.ts';
import { createVocabulary, findFeature, type Vocabulary } from './vocabulary.ts';

export interface VectorSettings extends FeatureSettings {
  /** Features in fewer training texts than this are left out. */
  readonly minDocuments: number;
  readonly maxFeatures: number;
  /** Most weights, features times classes, that a classifier over the features may have. */
  readonly maxWeights: number;
  /** Exponent of the inverse document frequency: 1 is the usual weight, less trusts rare features less. */
  readonly idfPower: number;
  /** Exponent of the same over classes instead of texts: what few intents say tells more, however often they say it. */
  readonly classPower: number;
  /** Share of the squared length that the word features have; the characters have the rest. */
  readonly wordShare: number;
}

/** Turns texts into vectors of TF-IDF weights, of unit length together with what the vocabulary lacks. */
export interface Vectorizer {
  readonly settings: VectorSettings;
  readonly vocabulary: Vocabulary;
  /** The weight of a feature that no training text has: it lengthens a vector and stands nowhere in it. */
  readonly unseen: number;
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

/**
 * Counts the features of the training texts; the order of features follows the texts, so it is reproducible.
 *
 * @param labels - The class of each text.
 */
export function fitVectorizer(
  texts: readonly string[],
  labels: ArrayLike<number>,
  settings: VectorSettings,
): Vectorizer {
  const counts = countTexts(texts, labels, settings);
  const classes = new Set(Array.from(labels)).size;
  const most = Math.min(settings.maxFeatures, Math.floor(settings.maxWeights / Math.max(1, classes)));
  let kept = [...counts].filter(([, { texts: count }]) => count >= settings.minDocuments);
  if (kept.length > most) kept = kept.sort((a, b) => b[1].texts - a[1].texts || a[0] - b[0]).slice(0, most);
  const rarity = (all: number, having: number): number => Math.log((1 + all) / (1 + having)) + 1;
  const hashes = Uint32Array.from(kept, ([hash]) => hash);
  const weight = (count: Omit<FeatureCount, 'lastClass'>): number =>
    rarity(texts.length, count.texts) ** settings.idfPower *
    rarity(classes, count.classes) ** settings.classPower;
  const idf = Float32Array.from(kept, ([, count]) => weight(count));
  const unseen = weight({ texts: 0, classes: 0 });
  return { settings, vocabulary: createVocabulary(hashes, idf), unseen };
}

/** How many texts and how many classes have a feature. */
interface FeatureCount {
  texts: number;
  classes: number;
  lastClass: number;
}

/** Looks at the texts class by class, so that a class is counted where it follows another. */
function countTexts(
  texts: readonly string[],
  labels: ArrayLike<number>,
  settings: FeatureSettings,
): Map<number, FeatureCount> {
  const counts = new Map<number, FeatureCount>();
  const buffer = createFeatureBuffer();
  const order = [...texts.keys()].sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0) || a - b);
  for (const row of order) {
    featurize(texts[row] ?? '', settings, buffer);
    const label = labels[row] ?? 0;
    for (const hash of new Set(buffer.hashes.subarray(0, buffer.size))) {
      const count = counts.get(hash) ?? { texts: 0, classes: 0, lastClass: -1 };
      if (count.texts === 0) counts.set(hash, count);
      count.texts += 1;
      if (count.lastClass !== label) count.classes += 1;
      count.lastClass = label;
    }
  }
  return counts;
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

/**
 * Writes the text's vector into `buffer`: words and characters each brought to their share of the length. Features that
 * the vocabulary lacks count in the length, so that a text of strange words comes near nothing: probabilities would
 * otherwise be as sure of one familiar word as of a familiar sentence.
 */
export function vectorize(
  { settings, vocabulary, unseen }: Vectorizer,
  text: string,
  buffer: VectorBuffer,
): void {
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
  const noChars = features.size === features.wordSize;
  const wordShare = noChars ? 1 : features.wordSize === 0 ? 0 : settings.wordShare;
  const strangeWords = (features.wordSize - words) * unseen ** 2;
  const strangeChars = (features.size - features.wordSize - chars) * unseen ** 2;
  scale(values, 0, wordEnd, Math.sqrt(wordShare), strangeWords);
  scale(values, wordEnd, buffer.size, Math.sqrt(1 - wordShare), strangeChars);
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

/** Brings values to a length that they share with what is not among them, whose squares are given. */
function scale(values: Float32Array, from: number, to: number, length: number, strange: number): void {
  let squares = strange;
  for (let at = from; at < to; at += 1) squares += (values[at] ?? 0) ** 2;
  if (squares === 0) return;
  const factor = length / Math.sqrt(squares);
  for (let at = from; at < to; at += 1) values[at] = (values[at] ?? 0) * factor;
}
