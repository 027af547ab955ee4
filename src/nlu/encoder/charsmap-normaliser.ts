import { EngineError } from '../../errors.ts';
import { DoubleArray } from './double-array.ts';
import { characterLength, utf8Text, type Utf8Text } from './utf8-text.ts';

/** U+2581, which stands for a space in SentencePiece. */
const SPACE_MARK = [0xe2, 0x96, 0x81] as const;
const SPACE = 0x20;

/** What the table makes of the characters at one place. */
interface Replacement {
  /** Bytes of the text that it stands for. */
  readonly consumed: number;
  readonly source: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/**
 * SentencePiece's normaliser: longest match in a precompiled table (NFKC and SentencePiece's own extras), spaces
 * merged and marked, one space put in front.
 *
 * @see https://github.com/google/sentencepiece/blob/master/src/normalizer.cc
 */
export class CharsmapNormaliser {
  readonly #rules: DoubleArray;
  readonly #replacements: Uint8Array;

  /** @throws EngineError `MODEL_INVALID` when the table's length does not fit its bytes. */
  constructor(charsmap: Uint8Array) {
    const view = new DataView(charsmap.buffer, charsmap.byteOffset, charsmap.byteLength);
    const unitBytes = charsmap.length < 4 ? -1 : view.getUint32(0, true);
    if (unitBytes < 4 || unitBytes % 4 !== 0 || 4 + unitBytes > charsmap.length) {
      throw new EngineError('MODEL_INVALID', "The tokeniser's normaliser table is damaged.");
    }
    this.#rules = new DoubleArray(
      new Uint32Array(Uint8Array.from(charsmap.subarray(4, 4 + unitBytes)).buffer),
    );
    this.#replacements = charsmap.subarray(4 + unitBytes);
  }

  /** @returns Normal bytes, each with the UTF-16 offset of what it came from. */
  normalise(text: string): Utf8Text {
    const source = utf8Text(text);
    const target = new NormalText(source.length);
    target.pushSpace(0);

    for (let at = 0; at < source.length;) {
      const replacement = this.#replacementAt(source, at);
      const offset = source.offsets[at] ?? 0;
      for (let index = replacement.start; index < replacement.end; index += 1) {
        const byte = replacement.source[index] ?? 0;
        if (byte === SPACE) target.pushSpace(offset);
        else target.push(byte, offset);
      }
      at += replacement.consumed;
    }
    return target.finish(text.length);
  }

  #replacementAt({ bytes, length }: Utf8Text, at: number): Replacement {
    let node = this.#rules.root;
    let consumed = 0;
    let value = -1;
    for (let index = at; index < length; index += 1) {
      node = this.#rules.step(node, bytes[index] ?? 0);
      if (node < 0) break;
      const found = this.#rules.valueAt(node);
      if (found < 0) continue;
      value = found;
      consumed = index + 1 - at;
    }
    if (consumed === 0) {
      const own = characterLength(bytes[at] ?? 0);
      return { consumed: own, source: bytes, start: at, end: at + own };
    }
    const end = this.#replacements.indexOf(0, value);
    return { consumed, source: this.#replacements, start: value, end };
  }
}

/** Normal text under construction; never two space marks in a row, none at the end. */
class NormalText {
  #bytes: Uint8Array;
  #offsets: Int32Array;
  #length = 0;
  #afterSpace = false;

  constructor(sourceLength: number) {
    this.#bytes = new Uint8Array(sourceLength * 2 + 64);
    this.#offsets = new Int32Array(this.#bytes.length + 1);
  }

  push(byte: number, offset: number): void {
    this.#append(byte, offset);
    this.#afterSpace = false;
  }

  pushSpace(offset: number): void {
    if (this.#afterSpace) return;
    for (const byte of SPACE_MARK) this.#append(byte, offset);
    this.#afterSpace = true;
  }

  finish(textLength: number): Utf8Text {
    if (this.#afterSpace) this.#length -= SPACE_MARK.length;
    else this.#offsets[this.#length] = textLength;
    return { bytes: this.#bytes, length: this.#length, offsets: this.#offsets };
  }

  #append(byte: number, offset: number): void {
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[this.#length] = byte;
    this.#offsets[this.#length] = offset;
    this.#length += 1;
  }

  #grow(): void {
    const bytes = new Uint8Array(this.#bytes.length * 2);
    const offsets = new Int32Array(bytes.length + 1);
    bytes.set(this.#bytes);
    offsets.set(this.#offsets);
    this.#bytes = bytes;
    this.#offsets = offsets;
  }
}
