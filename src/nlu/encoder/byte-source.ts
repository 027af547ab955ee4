import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes that are read piece by piece: of a file that is too large to keep, or in memory. */
export interface ByteSource {
  readonly length: number;
  /** @returns The bytes from `start` to `end`, exclusive; not to be changed. */
  read(start: number, end: number): Uint8Array;
}

export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { length: bytes.length, read: (start, end) => bytes.subarray(start, end) };
}

/** A file that is read where it is asked for. */
export interface FileBytes extends ByteSource, Disposable {
  /** Of all its bytes, in hexadecimal. */
  sha256(): string;
}

/** Bytes hashed at a time. */
const SLICE = 2 ** 18;

/**
 * Opens a file to be read where it is asked for. What was read before comes from the system's cache, in microseconds;
 * `read` throws the system's error where the file has become shorter or was closed.
 */
export function openFileBytes(file: string | URL): FileBytes {
  const descriptor = openSync(file, 'r');
  let isOpen = true;
  const readInto = (bytes: Uint8Array, start: number): void => {
    for (let done = 0; done < bytes.length;) {
      const count = isOpen ? readSync(descriptor, bytes, done, bytes.length - done, start + done) : 0;
      if (count === 0) throw new RangeError(`${String(file)} was closed or cut short.`);
      done += count;
    }
  };
  const { size } = fstatSync(descriptor);
  return {
    length: size,
    read: (start, end) => {
      const bytes = Buffer.allocUnsafe(end - start);
      readInto(bytes, start);
      return bytes;
    },
    sha256: () => {
      const hash = createHash('sha256');
      const slice = Buffer.allocUnsafe(SLICE);
      for (let start = 0; start < size; start += SLICE) {
        const part = slice.subarray(0, Math.min(SLICE, size - start));
        readInto(part, start);
        hash.update(part);
      }
      return hash.digest('hex');
    },
    [Symbol.dispose]: () => {
      // The system gives the number to the next file: it must not be closed twice.
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}
