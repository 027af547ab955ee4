import { EngineError } from '../../errors.ts';
import type { LogisticModel } from '../logistic.ts';
import type { EntityModel } from './entity-model.ts';
import type { TagType } from './tagger/tag-set.ts';
import type { PackedWeights, TaggerModel } from './tagger/tagger-model.ts';

const magic = 0x4e455533;

type Section = Int32Array | Uint16Array | Int16Array | Int8Array | Float32Array;

/** What the model holds besides numbers; sections follow in a fixed order. */
interface Header {
  readonly model: Omit<EntityModel, 'vocabulary' | 'tagger'>;
  readonly tagger: TaggerHeader | null;
  /** Length of each section. */
  readonly bytes: readonly number[];
}

interface TaggerHeader {
  readonly types: readonly TagType[];
  readonly baseStep: number;
  readonly askedStep: number;
  readonly certainty: LogisticModel;
  readonly topicCount: number;
  readonly longestPhrase: number;
}

/** Writes a model; the same model gives the same bytes. */
export function encodeEntityModel({ vocabulary, tagger, ...model }: EntityModel): Uint8Array {
  const sections = [vocabulary, ...(tagger ? taggerSections(tagger) : [])];
  const header: Header = {
    model,
    tagger: tagger ? taggerHeader(tagger) : null,
    bytes: sections.map(({ byteLength }) => byteLength),
  };
  return join(new TextEncoder().encode(JSON.stringify(header)), sections);
}

function taggerHeader({ types, base, asked, certainty, topics, phrases }: TaggerModel): TaggerHeader {
  return {
    types,
    baseStep: base.step,
    askedStep: asked.step,
    certainty,
    topicCount: topics?.topicCount ?? 0,
    longestPhrase: phrases.longest,
  };
}

function taggerSections({
  base,
  asked,
  transitions,
  phrases,
  familiar,
  topics,
}: TaggerModel): readonly Section[] {
  return [
    ...weightSections(base),
    asked.keys,
    asked.weights,
    transitions,
    phrases.keys,
    phrases.types,
    familiar,
    topics?.keys ?? new Int32Array(),
    topics?.weights ?? new Int8Array(),
  ];
}

/** Counts a feature instead of saying where its pairs begin: half the bytes. */
function weightSections({ keys, offsets, labels, weights }: PackedWeights): readonly Section[] {
  return [keys, Uint16Array.from(keys, (_, f) => (offsets[f + 1] ?? 0) - (offsets[f] ?? 0)), labels, weights];
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
  const next = sectionReader(bytes, 8 + aligned(headerLength), header.bytes);
  const vocabulary = next(Int32Array);
  return {
    ...header.model,
    vocabulary,
    tagger: header.tagger ? decodeTagger(header.tagger, next) : undefined,
  };
}

type SectionReader = <T extends Section>(type: SectionType<T>) => T;

interface SectionType<T> {
  new (buffer: ArrayBufferLike, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
}

function sectionReader(bytes: Uint8Array, from: number, lengths: readonly number[]): SectionReader {
  let at = from;
  let section = 0;
  return (type) => {
    const length = lengths[section++] ?? 0;
    const found = new type(bytes.buffer, bytes.byteOffset + at, length / type.BYTES_PER_ELEMENT);
    at += aligned(length);
    return found;
  };
}

function decodeTagger(header: TaggerHeader, next: SectionReader): TaggerModel {
  const base = decodeWeights(header.baseStep, next);
  const asked = { keys: next(Int32Array), weights: next(Int16Array), step: header.askedStep };
  const transitions = next(Float32Array);
  const phrases = { keys: next(Int32Array), types: next(Uint16Array), longest: header.longestPhrase };
  const familiar = next(Int32Array);
  const { types, certainty, topicCount } = header;
  const topics =
    topicCount === 0 ? undefined : { topicCount, keys: next(Int32Array), weights: next(Int8Array) };
  return { types, base, asked, transitions, certainty, phrases, familiar, topics };
}

function decodeWeights(step: number, next: SectionReader): PackedWeights {
  const keys = next(Int32Array);
  const offsets = sumUp(next(Uint16Array));
  return { keys, offsets, labels: next(Uint16Array), weights: next(Int16Array), step };
}

function sumUp(lengths: Uint16Array): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) offsets[i + 1] = (offsets[i] ?? 0) + (lengths[i] ?? 0);
  return offsets;
}
