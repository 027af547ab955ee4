export interface NewTensor {
  readonly dtype: 'U8' | 'I8' | 'U16' | 'U32' | 'F32';
  readonly shape: readonly number[];
  readonly values: Uint8Array | Int8Array | Uint16Array | Uint32Array | Float32Array;
}

/** Lays tensors out as one safetensors file, in the given order. */
export function writeSafetensors(
  tensors: Readonly<Record<string, NewTensor>>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes.length] };
    parts.push(bytes);
    offset += bytes.length;
  }
  const text = JSON.stringify(header);
  const head = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = new Uint8Array(new BigUint64Array([BigInt(head.length)]).buffer);
  return new Uint8Array(Buffer.concat([length, head, ...parts]));
}
