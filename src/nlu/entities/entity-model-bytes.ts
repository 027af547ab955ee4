import { EngineError } from '../../errors.ts';
import type { EntityModel } from './entity-model.ts';
import type { TagType } from './tagger/tag-set.ts';
import type { TaggerModel } from './tagger/tagger-model.ts';

const magic = 0x4e455531;

type Section = Int32Array | Uint16Array | Int16Array | Float32Array;

/** What the model holds besides numbers; sections follow in a fixed order. */
interface Header {
  readonly model: Omit<EntityModel, 'vocabulary' | 'tagger'>;
  readonly tagger: {
    readonly types: readonly TagType[];
    readonly step: number;
    readonly topicCount: number;
  } | null;
  readonly bytes: readonly number[];
}

/** Writes a model; the same model gives the same bytes. */
export function encodeEntityModel(model: EntityModel): Uint8Array {
  const { vocabulary, tagger, locales, lists, patterns } = model;
  const sections = [vocabulary, ...(tagger ? taggerSections(tagger) : [])];
  const header: Header = {
    model: { locales, lists, patterns },
    tagger: tagger
      ? { types: tagger.types, step: tagger.step, topicCount: tagger.topics?.topicCount ?? 0 }
      : null,
    bytes: sections.map(({ byteLength }) => byteLength),
  };
  return join(new TextEncoder().encode(JSON.stringify(header)), sections);
}

function taggerSections({
  keys,
  offsets,
  labels,
  weights,
  transitions,
  topics,
}: TaggerModel): readonly Section[] {
  const lengths = Uint16Array.from(keys, (_, f) => (offsets[f + 1] ?? 0) - (offsets[f] ?? 0));
  const topicKeys = Int32Array.from(topics?.rows.keys() ?? []);
  return [keys, lengths, labels, weights, transitions, topicKeys, topics?.weights ?? new Float32Array()];
}

/** Every section begins at a multiple of four, where typed arrays may look at it in place. */
function aligned(bytes: number): number {
  return (bytes + 3) & ~3;
}

function join(header: Uint8Array, sections: readonly Section[]): Uint8Array {
  const total = sections.reduce(
    (sum, { byteLength }) => sum + aligned(byteLength),
    8 + aligned(header.length),
  );
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, header.length, true);
  bytes.set(header, 8);
  let at = 8 + aligned(header.length);
  for (const { buffer, byteOffset, byteLength } of sections) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(byteLength);
  }
  return bytes;
}

/** @throws EngineError `MODEL_INVALID` when the bytes are not those of `encodeEntityModel`. */
export function decodeEntityModel(bytes: Uint8Array): EntityModel {
  try {
    return decode(bytes.byteOffset % 4 === 0 ? bytes : bytes.slice());
  } catch (cause) {
    throw new EngineError('MODEL_INVALID', 'The entity part of the model cannot be read.', {
      cause,
      fix: 'Train the bot again.',
    });
  }
}

function decode(bytes: Uint8Array): EntityModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) throw new RangeError('no entity model');
  const headerLength = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerLength))) as Header;
  let at = 8 + aligned(headerLength);
  let section = 0;
  const next = <T extends Section>(type: {
    new (buffer: ArrayBufferLike, offset: number, length: number): T;
    BYTES_PER_ELEMENT: number;
  }): T => {
    const length = header.bytes[section++] ?? 0;
    const found = new type(bytes.buffer, bytes.byteOffset + at, length / type.BYTES_PER_ELEMENT);
    at += aligned(length);
    return found;
  };
  const vocabulary = next(Int32Array);
  if (!header.tagger) return { ...header.model, vocabulary, tagger: undefined };
  const { types, step, topicCount } = header.tagger;
  const keys = next(Int32Array);
  const offsets = sumUp(next(Uint16Array));
  const [labels, weights, transitions] = [next(Uint16Array), next(Int16Array), next(Float32Array)];
  const rows = new Map(Array.from(next(Int32Array), (hash, row) => [hash, row] as const));
  const topics = topicCount === 0 ? undefined : { topicCount, rows, weights: next(Float32Array) };
  return {
    ...header.model,
    vocabulary,
    tagger: { types, keys, offsets, labels, weights, step, transitions, topics },
  };
}

function sumUp(lengths: Uint16Array): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) offsets[i + 1] = (offsets[i] ?? 0) + (lengths[i] ?? 0);
  return offsets;
}
