import { segmentWords, tokenRuns, type Token } from './tokenize.ts';

/** Which n-grams a text is turned into; part of a model's manifest. */
export interface FeatureSettings {
  readonly wordGrams: number;
  readonly charGrams: readonly [number, number];
  /** For scripts without spaces, over the run of characters. */
  readonly unspacedGrams: readonly [number, number];
}

export const defaultFeatureSettings: FeatureSettings = {
  wordGrams: 2,
  charGrams: [2, 4],
  unspacedGrams: [1, 3],
};

/** The features of one text: hashes of its n-grams, words first. Reused from text to text. */
export interface FeatureBuffer {
  hashes: Uint32Array;
  size: number;
  /** Features before this one are of words, the rest of characters. */
  wordSize: number;
}

export function createFeatureBuffer(): FeatureBuffer {
  return { hashes: new Uint32Array(1024), size: 0, wordSize: 0 };
}

const WORD_SEED = 0x9e3779b1;
const CHAR_SEED = 0x85ebca6b;
const BOUNDARY = 0x20;
const FIRST_WORD = 0x1234567;
const LAST_WORD = 0x7654321;

/**
 * Fills `buffer` with the hashed n-grams of a text: uni- and bi-grams of words, the first and the last word as such, and
 * grams of characters inside each word with its boundaries. Case, width and digits' values do not count.
 */
export function featurize(text: string, settings: FeatureSettings, buffer: FeatureBuffer): void {
  buffer.size = 0;
  const folded = foldText(text);
  const words = tokenRuns(folded).flatMap((run) => (run.unspaced ? segmentWords(folded, run) : [run]));

  emitWordGrams(folded, words, settings.wordGrams, buffer);
  buffer.wordSize = buffer.size;
  for (const run of tokenRuns(folded)) {
    if (run.unspaced) emitGrams(folded, run, settings.unspacedGrams, buffer);
    else emitGrams(folded, run, settings.charGrams, buffer);
  }
}

/** What a text mentions rather than says; each kind becomes one sign, so that no address or number decides an intent. */
const mentions: readonly (readonly [pattern: RegExp, sign: string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, ' 📧 '],
  [/(?:https?:\/\/|www\.)[\w./?=&%#~+:-]+/g, ' 🔗 '],
  [/(?<![a-z0-9])(?=[a-z-]*[a-z])(?=(?:[a-z-]*\d){3})[a-z0-9-]{5,}(?![a-z0-9])/g, ' 🔖 '],
  [/(?<![a-z0-9])\+?\d(?:[ -]?\d){4,}(?![a-z0-9])/g, ' 🔢 '],
];

/** Case, width and compatibility forms folded; mentions become signs, and every other digit becomes 0. */
export function foldText(text: string): string {
  let folded = text.normalize('NFKC').toLowerCase().replace(/’/g, "'");
  for (const [pattern, sign] of mentions) folded = folded.replace(pattern, sign);
  return folded.replace(/\p{Nd}/gu, '0');
}

function emitWordGrams(text: string, words: readonly Token[], longest: number, buffer: FeatureBuffer): void {
  const hashes = words.map((word) => hashSlice(text, word.start, word.end, WORD_SEED));
  for (let first = 0; first < hashes.length; first += 1) {
    let hash = 0;
    for (let length = 1; length <= longest && first + length <= hashes.length; length += 1) {
      hash = Math.imul(hash, 31) + (hashes[first + length - 1] ?? 0);
      emit(buffer, hash ^ length);
    }
  }
  if (hashes.length > 0) {
    emit(buffer, (hashes[0] ?? 0) ^ FIRST_WORD);
    emit(buffer, (hashes[hashes.length - 1] ?? 0) ^ LAST_WORD);
  }
}

function emitGrams(
  text: string,
  run: Token,
  [shortest, longest]: readonly [number, number],
  buffer: FeatureBuffer,
): void {
  // Position -1 and `end` are the boundary; a script without spaces has none inside its runs.
  const from = run.unspaced ? run.start : run.start - 1;
  const to = run.unspaced ? run.end : run.end + 1;
  for (let first = from; first < to; first += 1) {
    let hash = CHAR_SEED;
    const last = Math.min(to, first + longest);
    for (let at = first; at < last; at += 1) {
      const code = at < run.start || at >= run.end ? BOUNDARY : text.charCodeAt(at);
      hash = Math.imul(hash ^ code, 0x01000193);
      if (at - first + 1 >= shortest) emit(buffer, hash ^ (at - first));
    }
  }
}

function hashSlice(text: string, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

function emit(buffer: FeatureBuffer, hash: number): void {
  if (buffer.size === buffer.hashes.length) {
    const grown = new Uint32Array(buffer.hashes.length * 2);
    grown.set(buffer.hashes);
    buffer.hashes = grown;
  }
  buffer.hashes[buffer.size] = finalMix(hash);
  buffer.size += 1;
}

/** @see Austin Appleby's MurmurHash3, the 32-bit finaliser. */
function finalMix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
