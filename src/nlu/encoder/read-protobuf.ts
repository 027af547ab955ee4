import { EngineError } from '../../errors.ts';

/** One field of a protocol buffer message, undecoded. */
export type ProtobufField =
  | { readonly kind: 'integer'; readonly number: number; readonly value: number }
  | { readonly kind: 'float'; readonly number: number; readonly value: number }
  | { readonly kind: 'bytes'; readonly number: number; readonly value: Uint8Array };

/**
 * Reads the fields of one message in file order, as far as SentencePiece's models need: varints, 32-bit floats
 * and length-delimited bytes; 64-bit fields are skipped.
 *
 * @throws EngineError `MODEL_INVALID` when the bytes end early or use a retired wire type.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function* readProtobuf(bytes: Uint8Array): Generator<ProtobufField> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  const take = (length: number): number => {
    const start = at;
    at += length;
    if (at > bytes.length) throw new EngineError('MODEL_INVALID', 'A protocol buffer message ends early.');
    return start;
  };
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = view.getUint8(take(1));
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };

  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { kind: 'integer', number, value: varint() };
        break;
      case 1:
        take(8);
        break;
      case 2: {
        const length = varint();
        const start = take(length);
        yield { kind: 'bytes', number, value: bytes.subarray(start, start + length) };
        break;
      }
      case 5:
        yield { kind: 'float', number, value: view.getFloat32(take(4), true) };
        break;
      default:
        throw new EngineError(
          'MODEL_INVALID',
          `A protocol buffer field has the unknown wire type ${tag % 8}.`,
        );
    }
  }
}
