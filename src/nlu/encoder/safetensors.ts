import { z } from 'zod';
import { EngineError } from '../../errors.ts';

export interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** A view on the file's bytes. */
  readonly bytes: Uint8Array;
}

export type Tensors = ReadonlyMap<string, Tensor>;

export interface SafetensorsFile {
  readonly tensors: Tensors;
  readonly metadata: Readonly<Record<string, string>>;
}

const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()).default({}) }).catchall(
  z.object({
    dtype: z.string(),
    shape: z.array(z.int().nonnegative()),
    data_offsets: z.tuple([z.int().nonnegative(), z.int().nonnegative()]),
  }),
);

/**
 * Reads a safetensors file.
 *
 * @throws EngineError `MODEL_INVALID` when header and bytes do not fit together.
 * @see https://github.com/huggingface/safetensors#format
 */
export function readSafetensors(file: Uint8Array): SafetensorsFile {
  const { __metadata__: metadata, ...entries } = readHeader(file);
  const dataStart = 8 + headerLength(file);
  const tensors = new Map<string, Tensor>();
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(entries)) {
    const [start, end] = [dataStart + offsets[0], dataStart + offsets[1]];
    if (start > end || end > file.length) throw damaged(`tensor ${name} lies outside the file`);
    tensors.set(name, { dtype, shape, bytes: file.subarray(start, end) });
  }
  return { tensors, metadata };
}

function readHeader(file: Uint8Array): z.infer<typeof headerSchema> {
  const length = headerLength(file);
  if (8 + length > file.length) throw damaged('its header is longer than the file');
  try {
    return headerSchema.parse(JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))));
  } catch (cause) {
    throw damaged('its header is not that of a safetensors file', cause);
  }
}

function headerLength(file: Uint8Array): number {
  if (file.length < 8) return Infinity;
  return Number(new DataView(file.buffer, file.byteOffset, file.byteLength).getBigUint64(0, true));
}

/** @throws EngineError `MODEL_INVALID` when the tensor is absent or holds something else. */
export function bytesOf(
  tensors: Tensors,
  name: string,
  dtype: 'U8' | 'I8' | 'U16' | 'U32' | 'F32',
): Uint8Array {
  const tensor = tensors.get(name);
  if (tensor?.dtype !== dtype) throw damaged(`tensor ${name} is missing or not ${dtype}`);
  return tensor.bytes;
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
