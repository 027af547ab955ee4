import { z } from 'zod';
import { EngineError } from '../../errors.ts';
import type { ByteSource } from './byte-source.ts';

export interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** In bytes. */
  readonly length: number;
  /** @returns Its bytes from `start` to `end`, exclusive; not to be changed. */
  read(start: number, end: number): Uint8Array;
}

type Dtype = 'U8' | 'I8' | 'U16' | 'U32' | 'F32';

export type Tensors = ReadonlyMap<string, Tensor>;

export interface SafetensorsFile {
  readonly tensors: Tensors;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The header's length comes first, in 8 bytes. */
const HEADER_START = 8;

const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()).default({}) }).catchall(
  z.object({
    dtype: z.string(),
    shape: z.array(z.int().nonnegative()),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
);

/**
 * Reads the header of a safetensors file; tensors are read when asked for.
 *
 * @throws EngineError `MODEL_INVALID` when header and bytes do not fit together.
 * @see https://github.com/huggingface/safetensors#format
 */
export function readSafetensors(file: ByteSource): SafetensorsFile {
  const { __metadata__: metadata, ...entries } = readHeader(file);
  const dataStart = HEADER_START + headerLength(file);
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(entries)) {
    const [from, to] = [dataStart + offsets[0], dataStart + offsets[1]];
    if (from > to || to > file.length) throw damaged(`tensor ${name} lies outside the file`);
    const read = (start: number, end: number): Uint8Array => file.read(from + start, from + end);
    tensors.set(name, { dtype, shape, length: to - from, read });
  }
  return { tensors, metadata };
}

function readHeader(file: ByteSource): z.infer<typeof headerSchema> {
  const end = HEADER_START + headerLength(file);
  if (end > file.length) throw damaged('its header is longer than the file');
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder().decode(file.read(HEADER_START, end))));
  } catch (cause) {
    throw damaged('its header is not that of a safetensors file', cause);
  }
}

function headerLength(file: ByteSource): number {
  if (file.length < HEADER_START) return Infinity;
  const { buffer, byteOffset } = file.read(0, HEADER_START);
  return Number(new DataView(buffer, byteOffset, HEADER_START).getBigUint64(0, true));
}

/** @throws EngineError `MODEL_INVALID` when the tensor is absent or holds something else. */
export function tensorOf(tensors: Tensors, name: string, dtype: Dtype): Tensor {
  const tensor = tensors.get(name);
  if (tensor?.dtype !== dtype) throw damaged(`tensor ${name} is missing or not ${dtype}`);
  return tensor;
}

/** @throws EngineError `MODEL_INVALID` when the tensor is absent or holds something else. */
export function bytesOf(tensors: Tensors, name: string, dtype: Dtype): Uint8Array {
  const tensor = tensorOf(tensors, name, dtype);
  return tensor.read(0, tensor.length);
}

/** A copy: tensors need not be aligned. */
export function floatsOf(tensors: Tensors, name: string): Float32Array {
  return new Float32Array(Uint8Array.from(bytesOf(tensors, name, 'F32')).buffer);
}

/** A copy: tensors need not be aligned. */
export function shortsOf(tensors: Tensors, name: string): Uint16Array {
  return new Uint16Array(Uint8Array.from(bytesOf(tensors, name, 'U16')).buffer);
}

/** A copy: tensors need not be aligned. */
export function integersOf(tensors: Tensors, name: string): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytesOf(tensors, name, 'U32')).buffer);
}

function damaged(why: string, cause?: unknown): EngineError {
  return new EngineError('MODEL_INVALID', `The safetensors file cannot be read: ${why}.`, { cause });
}
