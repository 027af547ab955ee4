import { EngineError } from '../errors.ts';
import type { JsonObject } from '../json.ts';

/** The arrays that a model file may hold, by the name written in its header. */
const kinds = { Uint8Array, Int8Array, Uint16Array, Uint32Array, Float32Array } as const;

type Kind = keyof typeof kinds;
export type SectionArray = Uint8Array | Int8Array | Uint16Array | Uint32Array | Float32Array;

export interface Sections {
  readonly fields: JsonObject;
  readonly arrays: Readonly<Record<string, SectionArray>>;
}

interface ArrayEntry {
  readonly name: string;
  readonly kind: Kind;
  readonly offset: number;
  readonly length: number;
}

const MAGIC = 0x52485355;
const ALIGNMENT = 8;

/**
 * Packs fields and arrays into one file: magic, header's length, header as JSON, then each array aligned to 8 bytes,
 * little endian, so that reading it is making views.
 */
export function encodeSections({ fields, arrays }: Sections): Uint8Array {
  let offset = 0;
  const entries: ArrayEntry[] = Object.entries(arrays).map(([name, array]) => {
    const entry = { name, kind: array.constructor.name as Kind, offset, length: array.length };
    offset = align(offset + array.byteLength);
    return entry;
  });
  const header = new TextEncoder().encode(JSON.stringify({ fields, entries }));
  const start = align(8 + header.length);
  const bytes = new Uint8Array(start + offset);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, header.length, true);
  bytes.set(header, 8);
  for (const { name, offset: place } of entries) {
    const array = arrays[name];
    if (array) bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + place);
  }
  return bytes;
}

/**
 * @returns Views into `bytes`, which must stay as they are.
 * @throws EngineError `MODEL_INVALID` when the bytes are not what {@link encodeSections} makes.
 */
export function decodeSections(bytes: Uint8Array): Sections {
  const aligned = bytes.byteOffset % ALIGNMENT === 0 ? bytes : bytes.slice();
  try {
    const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.byteLength);
    if (view.getUint32(0, true) !== MAGIC) throw new RangeError('no magic number');
    const headerLength = view.getUint32(4, true);
    const header = JSON.parse(new TextDecoder().decode(aligned.subarray(8, 8 + headerLength))) as {
      readonly fields: JsonObject;
      readonly entries: readonly ArrayEntry[];
    };
    const start = aligned.byteOffset + align(8 + headerLength);
    const arrays = header.entries.map(({ name, kind, offset, length }) => {
      return [name, new kinds[kind](aligned.buffer as ArrayBuffer, start + offset, length)] as const;
    });
    return { fields: header.fields, arrays: Object.fromEntries(arrays) };
  } catch (cause) {
    throw new EngineError('MODEL_INVALID', 'A file of the model is damaged.', {
      cause,
      fix: 'Train again: `usher train --force`.',
    });
  }
}

function align(offset: number): number {
  return Math.ceil(offset / ALIGNMENT) * ALIGNMENT;
}
