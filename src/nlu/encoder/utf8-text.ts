/** A text as UTF-8 that remembers where each byte stood in the string. */
export interface Utf8Text {
  readonly bytes: Uint8Array;
  readonly length: number;
  /** For each byte, and one past the last, the UTF-16 offset of its character. */
  readonly offsets: Int32Array;
}

/** Encodes a string as UTF-8; a lone surrogate becomes U+FFFD. */
export function utf8Text(text: string): Utf8Text {
  const bytes = new Uint8Array(text.length * 3);
  const offsets = new Int32Array(text.length * 3 + 1);
  let length = 0;
  for (let at = 0; at < text.length;) {
    const written = writeCodePoint(bytes, length, text.codePointAt(at) ?? 0);
    offsets.fill(at, length, length + written);
    length += written;
    at += written === 4 ? 2 : 1;
  }
  offsets[length] = text.length;
  return { bytes, length, offsets };
}

function writeCodePoint(bytes: Uint8Array, at: number, codePoint: number): number {
  if (codePoint < 0x80) {
    bytes[at] = codePoint;
    return 1;
  }
  if (codePoint < 0x800) {
    bytes[at] = 0xc0 | (codePoint >> 6);
    bytes[at + 1] = 0x80 | (codePoint & 63);
    return 2;
  }
  if (codePoint < 0x10000) {
    const scalar = codePoint >= 0xd800 && codePoint < 0xe000 ? 0xfffd : codePoint;
    bytes[at] = 0xe0 | (scalar >> 12);
    bytes[at + 1] = 0x80 | ((scalar >> 6) & 63);
    bytes[at + 2] = 0x80 | (scalar & 63);
    return 3;
  }
  bytes[at] = 0xf0 | (codePoint >> 18);
  bytes[at + 1] = 0x80 | ((codePoint >> 12) & 63);
  bytes[at + 2] = 0x80 | ((codePoint >> 6) & 63);
  bytes[at + 3] = 0x80 | (codePoint & 63);
  return 4;
}

/** Length in bytes of the character that a byte of valid UTF-8 starts. */
export function characterLength(firstByte: number): number {
  if (firstByte < 0xc0) return 1;
  if (firstByte < 0xe0) return 2;
  return firstByte < 0xf0 ? 3 : 4;
}
