import type { Meaning, VectorProducts } from './article-index-options.ts';

/** What a passage means, as a whole and sentence by sentence. */
export interface PassageMeaning {
  readonly whole: Float32Array;
  /** Unit length; absent when the encoder has none. */
  readonly pooled?: Float32Array | undefined;
  /** Its sentences, and the questions that its article is asked with. */
  readonly sentences: readonly Float32Array[];
}

/** How near a question comes to each passage, by the passage's place, as cosines. */
export interface Nearness {
  readonly whole: Float32Array;
  /**
   * Half by the whole passage, half by its nearest sentence: a short answer in a long passage is found by its sentence, a
   * question about all of it by the whole.
   */
  readonly best: Float32Array;
}

/** How near passages that have nothing to do with each other come: what nearness is measured against. */
export interface UnrelatedNearness {
  readonly mean: number;
  readonly deviation: number;
}

/** A typical corpus under the bundled encoder, and how many pairs of passages its word is worth beside a bot's own. */
const typical: UnrelatedNearness = { mean: 0.22, deviation: 0.12 };
const TYPICAL_PAIRS = 30;
/** Passages compared with each other: enough for a mean. */
const MOST_COMPARED = 150;

type ProductsOf = (rows: readonly Float32Array[]) => VectorProducts;

/** Prepares passages for being compared with questions. */
export function compareWith(
  passages: readonly PassageMeaning[],
  productsOf: ProductsOf,
): (question: Meaning) => Nearness {
  const wholes = productsOf(passages.map(({ whole }) => whole));
  const pooled = passages.flatMap(({ pooled }) => (pooled ? [pooled] : []));
  const views = pooled.length === passages.length ? productsOf(pooled) : undefined;
  const { rows, rowsOf } = distinctRows(passages.map(({ sentences }) => sentences));
  const sentences = productsOf(rows);
  return (question) => {
    const whole = wholes(question.sentence);
    const view = question.pooled && views?.(unit(question.pooled));
    const sentence = sentences(question.sentence);
    const best = whole.map((byWhole, place) => {
      const byBoth = view ? (byWhole + (view[place] ?? 0)) / 2 : byWhole;
      const own = rowsOf[place] ?? [];
      if (own.length === 0) return byBoth;
      return (byBoth + own.reduce((top, row) => Math.max(top, sentence[row] ?? -1), -1)) / 2;
    });
    return { whole, best };
  };
}

/** An article's questions belong to each of its passages: each is multiplied once. */
function distinctRows(lists: readonly (readonly Float32Array[])[]): {
  readonly rows: readonly Float32Array[];
  readonly rowsOf: readonly (readonly number[])[];
} {
  const rows: Float32Array[] = [];
  const known = new Map<string, number>();
  const rowOf = (vector: Float32Array): number => {
    const key = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('latin1');
    const row = known.get(key) ?? rows.push(vector) - 1;
    known.set(key, row);
    return row;
  };
  return { rowsOf: lists.map((list) => list.map(rowOf)), rows };
}

/** Measured on the passages of different articles, so that any encoder's cosines, and any trade's, read the same. */
export function unrelatedNearness(
  passages: readonly { readonly article: string; readonly whole: Float32Array }[],
  productsOf: ProductsOf,
): UnrelatedNearness {
  const stride = Math.ceil(passages.length / MOST_COMPARED);
  const some = passages.filter((_, index) => index % stride === 0);
  const products = productsOf(some.map(({ whole }) => whole));
  const cosines = some.flatMap(({ article, whole }, index) =>
    [...products(whole)].filter((_, other) => other > index && some[other]?.article !== article),
  );
  const total = cosines.length + TYPICAL_PAIRS;
  const mean = (cosines.reduce((sum, value) => sum + value, 0) + TYPICAL_PAIRS * typical.mean) / total;
  const squares = cosines.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const variance = (squares + TYPICAL_PAIRS * (typical.deviation ** 2 + (typical.mean - mean) ** 2)) / total;
  return { mean, deviation: Math.sqrt(variance) };
}

/** The same vector at length 1. */
export function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => value / length);
}

/** Products in plain JavaScript. */
export const plainProducts: ProductsOf = (rows) => (vector) =>
  Float32Array.from(rows, (row) => row.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0));
