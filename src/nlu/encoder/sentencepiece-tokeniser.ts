import { CharsmapNormaliser } from './charsmap-normaliser.ts';
import { DoubleArray } from './double-array.ts';
import { characterLength, type Utf8Text } from './utf8-text.ts';

/** Pieces of a text, in order. */
export interface Tokenised {
  readonly ids: Int32Array;
  /** UTF-16 spans in the text as given; a piece's leading space is left out of its span. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export interface SentencePieceTables {
  /** Double array from a piece's UTF-8 bytes to its id. */
  readonly pieces: Uint32Array;
  /** Log probability by id. */
  readonly scores: Float32Array;
  readonly charsmap: Uint8Array;
  readonly unknownId: number;
}

/** SentencePiece scores an unknown character this much below the rarest piece. */
const UNKNOWN_PENALTY = 10;

/**
 * SentencePiece's unigram segmentation: of all ways to cut the normal text into known pieces the most probable one,
 * found by Viterbi; characters that no piece covers become the unknown piece, neighbours merged.
 *
 * @see Kudo 2018, "Subword Regularization", arXiv:1804.10959;
 *   `Model::EncodeOptimized` in https://github.com/google/sentencepiece/blob/master/src/unigram_model.cc
 */
export class SentencePieceTokeniser {
  readonly #normaliser: CharsmapNormaliser;
  readonly #pieces: DoubleArray;
  readonly #scores: Float32Array;
  readonly #unknownId: number;
  readonly #unknownScore: number;

  constructor({ pieces, scores, charsmap, unknownId }: SentencePieceTables) {
    this.#normaliser = new CharsmapNormaliser(charsmap);
    this.#pieces = new DoubleArray(pieces);
    this.#scores = scores;
    this.#unknownId = unknownId;
    this.#unknownScore = scores.reduce((least, score) => Math.min(least, score), 0) - UNKNOWN_PENALTY;
  }

  tokenise(text: string): Tokenised {
    const normal = this.#normaliser.normalise(text);
    return this.#spell(normal, this.#bestPath(normal));
  }

  #bestPath({ bytes, length }: Utf8Text): Path {
    const path = createPath(length);
    for (let start = 0; start < length;) {
      const width = characterLength(bytes[start] ?? 0);
      const before = path.scores[start] ?? 0;
      let covered = false;
      let node = this.#pieces.root;
      for (let end = start + 1; end <= length; end += 1) {
        node = this.#pieces.step(node, bytes[end - 1] ?? 0);
        if (node < 0) break;
        const id = this.#pieces.valueAt(node);
        if (id < 0) continue;
        offer(path, start, end, id, before + (this.#scores[id] ?? 0));
        covered ||= end - start === width;
      }
      if (!covered) offer(path, start, start + width, this.#unknownId, before + this.#unknownScore);
      start += width;
    }
    return path;
  }

  /** Walks the best path back from the end. */
  #spell(normal: Utf8Text, path: Path): Tokenised {
    const ids: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    for (let end = normal.length; end > 0;) {
      const start = path.starts[end] ?? 0;
      const id = path.ids[end] ?? this.#unknownId;
      const from = startOffset(normal, start, end);
      if (id === this.#unknownId && ids.at(-1) === id) {
        starts[starts.length - 1] = from;
      } else {
        ids.push(id);
        starts.push(from);
        ends.push(normal.offsets[end] ?? from);
      }
      end = start;
    }
    return {
      ids: Int32Array.from(ids.reverse()),
      starts: Int32Array.from(starts.reverse()),
      ends: Int32Array.from(ends.reverse()),
    };
  }
}

/** For each byte position, the best piece that ends there. */
interface Path {
  /** Single precision, as the original adds them: ties must fall the same way. */
  readonly scores: Float32Array;
  readonly starts: Int32Array;
  readonly ids: Int32Array;
}

function createPath(length: number): Path {
  return {
    scores: new Float32Array(length + 1),
    starts: new Int32Array(length + 1).fill(-1),
    ids: new Int32Array(length + 1),
  };
}

function offer({ scores, starts, ids }: Path, start: number, end: number, id: number, score: number): void {
  const single = Math.fround(score);
  if (starts[end] !== -1 && single <= (scores[end] ?? 0)) return;
  scores[end] = single;
  starts[end] = start;
  ids[end] = id;
}

/** Where a piece's text starts: past its space mark, unless it is nothing else. */
function startOffset({ bytes, offsets }: Utf8Text, start: number, end: number): number {
  const marked = bytes[start] === 0xe2 && bytes[start + 1] === 0x96 && bytes[start + 2] === 0x81;
  return offsets[marked && end - start > 3 ? start + 3 : start] ?? 0;
}
