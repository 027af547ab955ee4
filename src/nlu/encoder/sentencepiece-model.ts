import { EngineError } from '../../errors.ts';
import { readProtobuf } from './read-protobuf.ts';

/** What a SentencePiece unigram model holds; ids are indices into `pieces`. */
export interface SentencePieceModel {
  readonly pieces: readonly SentencePiece[];
  /** The normaliser's table: the length of a double array, the double array, its zero-terminated replacements. */
  readonly charsmap: Uint8Array;
}

export interface SentencePiece {
  readonly text: Uint8Array;
  /** Natural logarithm of its probability. */
  readonly score: number;
  /** Whether text may become this piece; the others are control symbols, the unknown piece and retired ones. */
  readonly usable: boolean;
  /** Whether it stands for what no piece covers. */
  readonly unknown: boolean;
}

const NORMAL = 1;
const UNKNOWN = 2;
const UNIGRAM = 1;

/**
 * Reads a `sentencepiece.model` file.
 *
 * @throws EngineError `MODEL_INVALID` when it is not a unigram model that prefixes a space and merges spaces.
 * @see https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto
 */
export function readSentencePieceModel(bytes: Uint8Array): SentencePieceModel {
  const pieces: SentencePiece[] = [];
  let charsmap: Uint8Array | undefined;

  for (const field of readProtobuf(bytes)) {
    if (field.kind !== 'bytes') continue;
    if (field.number === 1) pieces.push(readPiece(field.value));
    if (field.number === 2) checkTrainer(field.value);
    if (field.number === 3) charsmap = readNormaliser(field.value);
  }
  if (!charsmap || pieces.length === 0) {
    throw new EngineError('MODEL_INVALID', 'The SentencePiece model has no pieces or no normaliser.');
  }
  return { pieces, charsmap };
}

function readPiece(bytes: Uint8Array): SentencePiece {
  let text = new Uint8Array(0);
  let score = 0;
  let type = NORMAL;
  for (const field of readProtobuf(bytes)) {
    if (field.number === 1 && field.kind === 'bytes') text = Uint8Array.from(field.value);
    if (field.number === 2 && field.kind === 'float') score = field.value;
    if (field.number === 3 && field.kind === 'integer') type = field.value;
  }
  return { text, score, usable: type === NORMAL, unknown: type === UNKNOWN };
}

function checkTrainer(bytes: Uint8Array): void {
  for (const field of readProtobuf(bytes)) {
    if (field.number === 3 && field.kind === 'integer' && field.value !== UNIGRAM) {
      throw new EngineError('MODEL_INVALID', 'The SentencePiece model is not a unigram model.');
    }
  }
}

function readNormaliser(bytes: Uint8Array): Uint8Array | undefined {
  let charsmap: Uint8Array | undefined;
  for (const field of readProtobuf(bytes)) {
    if (field.number === 2 && field.kind === 'bytes') charsmap = field.value;
    // 3: add_dummy_prefix, 4: remove_extra_whitespaces, 5: escape_whitespaces; all on by default.
    if (field.number >= 3 && field.number <= 5 && field.kind === 'integer' && field.value !== 1) {
      throw new EngineError('MODEL_INVALID', 'The SentencePiece normaliser treats spaces in another way.');
    }
  }
  return charsmap;
}
