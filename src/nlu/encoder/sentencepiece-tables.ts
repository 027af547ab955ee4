import { buildDoubleArray } from './build-double-array.ts';
import { EngineError } from '../../errors.ts';
import type { SentencePieceModel } from './sentencepiece-model.ts';
import type { SentencePieceTables } from './sentencepiece-tokeniser.ts';

/** Turns a parsed model into the tables that the tokeniser walks, which are also what a pack stores. */
export function sentencePieceTables({ pieces, charsmap }: SentencePieceModel): SentencePieceTables {
  const entries = pieces.flatMap((piece, id) => (piece.usable ? [{ key: piece.text, value: id }] : []));
  const unknownId = pieces.findIndex((piece) => piece.unknown);
  if (unknownId < 0) throw new EngineError('MODEL_INVALID', 'The SentencePiece model has no unknown piece.');
  return {
    pieces: buildDoubleArray(entries),
    scores: Float32Array.from(pieces, (piece) => piece.score),
    charsmap,
    unknownId,
  };
}
