import { hashUnits, mixHash } from './hash.ts';
import { isUnspaced, type Tokens } from './split-tokens.ts';

/** One sentence as the numbers that its features are made of; each array has `pad` places before and after. */
export interface SentenceView {
  readonly count: number;
  readonly tokens: Tokens;
  readonly word: Int32Array;
  readonly shape: Int32Array;
  readonly brief: Int32Array;
  /** One number a token for what lists, phrases and recognisers find there; 0 for nothing. */
  readonly marks: readonly Int32Array[];
  /** Segmenter's word that a character of an unspaced script lies in, with its place in it; 0 elsewhere. */
  readonly segment: Int32Array;
  readonly topic: number;
  /** 1 for a word that stands around values and is none: only what was asked asks for it. */
  readonly familiar: Uint8Array;
}

export const pad = 3;
const edge = 0x5eed;

export function viewSentence(
  tokens: Tokens,
  marks: readonly Int32Array[],
  topic: number,
  familiar: Uint8Array,
): SentenceView {
  const count = tokens.starts.length;
  const word = new Int32Array(count + 2 * pad).fill(edge);
  const shape = new Int32Array(count + 2 * pad).fill(edge);
  const brief = new Int32Array(count + 2 * pad).fill(edge);
  const segment = new Int32Array(count + 2 * pad);
  for (let i = 0; i < count; i++) {
    const start = tokens.starts[i] ?? 0;
    const end = tokens.ends[i] ?? 0;
    const hash = hashUnits(tokens.folded, start, end);
    word[i + pad] = hash;
    shape[i + pad] = shapeOf(tokens.text, start, end, false);
    brief[i + pad] = shapeOf(tokens.text, start, end, true);
  }
  if (hasUnspaced(tokens.folded)) markSegments(tokens, segment);
  return { count, tokens, word, shape, brief, marks, segment, topic, familiar };
}

function hasUnspaced(folded: string): boolean {
  for (let i = 0; i < folded.length; i++) if (isUnspaced(folded.charCodeAt(i))) return true;
  return false;
}

// Made when first needed: the dictionary takes a while to load.
let segmenter: Intl.Segmenter | undefined;

function markSegments({ folded, starts, ends }: Tokens, segment: Int32Array): void {
  let at = 0;
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  for (const { segment: word, index } of segmenter.segment(folded)) {
    const last = index + word.length;
    const hash = hashUnits(folded, index, last);
    while (at < starts.length && (starts[at] ?? 0) < last) {
      const place = ((starts[at] ?? 0) === index ? 1 : 0) + ((ends[at] ?? 0) >= last ? 2 : 0);
      segment[at + pad] = mixHash(hash, place);
      at++;
    }
  }
}

/** Upper `1`, lower `2`, digit `3`, unspaced `4`, other `5`; `brief` folds runs of one class. */
function shapeOf(text: string, start: number, end: number, brief: boolean): number {
  let hash = 0;
  let last = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    const kind = unitKind(code);
    if (!brief || kind !== last) hash = mixHash(hash, kind);
    last = kind;
  }
  return hash;
}

function unitKind(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return 2;
  if (code >= 0x30 && code <= 0x39) return 3;
  if (code >= 0x41 && code <= 0x5a) return 1;
  if (code < 0x80) return 5 + code;
  return isUnspaced(code) ? 4 : 2;
}

/** Collects hashes without making an array a token. */
export class FeatureBuffer {
  hashes: Int32Array = new Int32Array(256);
  length = 0;

  add(template: number, value: number): void {
    this.push(mixHash(template * 0x1f123bb5, value));
  }

  add2(template: number, first: number, second: number): void {
    this.push(mixHash(mixHash(template * 0x1f123bb5, first), second));
  }

  add3(template: number, first: number, second: number, third: number): void {
    this.push(mixHash(mixHash(mixHash(template * 0x1f123bb5, first), second), third));
  }

  private push(hash: number): void {
    if (this.length === this.hashes.length) {
      const grown = new Int32Array(this.hashes.length * 2);
      grown.set(this.hashes);
      this.hashes = grown;
    }
    this.hashes[this.length++] = hash;
  }
}

/** Appends the features of token `i` that hold whatever was asked. */
export function addTokenFeatures(view: SentenceView, i: number, out: FeatureBuffer): void {
  const at = i + pad;
  const word = (offset: number): number => view.word[at + offset] ?? 0;
  out.add(1, 0);
  out.add(2, word(0));
  out.add(3, word(-1));
  out.add(4, word(1));
  out.add(5, word(-2));
  out.add(6, word(2));
  out.add(7, word(-3));
  out.add(8, word(3));
  out.add2(9, word(-1), word(0));
  out.add2(10, word(0), word(1));
  out.add2(11, word(-2), word(-1));
  out.add2(12, word(1), word(2));
  out.add2(13, word(-1), word(1));
  out.add3(14, word(-2), word(-1), word(0));
  out.add3(15, word(0), word(1), word(2));
  out.add3(16, word(-1), word(0), word(1));
  addShapes(view, at, out);
  addAffixes(view, i, out);
  addMarks(view, i, out);
  if (view.segment[at]) addSegments(view, at, out);
  if (view.topic !== 0) {
    out.add(60, view.topic);
    out.add2(61, view.topic, word(0));
    out.add2(62, view.topic, word(-1));
    out.add2(63, view.topic, word(1));
    out.add3(64, view.topic, word(-2), word(-1));
    out.add3(65, view.topic, word(1), word(2));
    out.add2(66, view.topic, view.brief[at] ?? 0);
  }
}

function addShapes({ shape, brief, count }: SentenceView, at: number, out: FeatureBuffer): void {
  out.add(20, shape[at] ?? 0);
  out.add3(21, brief[at - 1] ?? 0, brief[at] ?? 0, brief[at + 1] ?? 0);
  out.add(22, brief[at - 1] ?? 0);
  out.add(23, brief[at + 1] ?? 0);
  const i = at - pad;
  out.add(24, (i === 0 ? 1 : 0) + (i === count - 1 ? 2 : 0));
}

function addAffixes({ tokens }: SentenceView, i: number, out: FeatureBuffer): void {
  const { folded, starts, ends } = tokens;
  const start = starts[i] ?? 0;
  const end = ends[i] ?? 0;
  for (let n = 1; n <= 5 && n < end - start; n++) {
    out.add(30 + n, hashUnits(folded, start, start + n));
    out.add(36 + n, hashUnits(folded, end - n, end));
  }
  addNeighbourAffix(tokens, i - 1, 42, out);
  addNeighbourAffix(tokens, i + 1, 43, out);
}

function addNeighbourAffix(
  { folded, starts, ends }: Tokens,
  i: number,
  template: number,
  out: FeatureBuffer,
): void {
  const start = starts[i];
  const end = ends[i];
  if (start === undefined || end === undefined || end - start < 4) return;
  out.add(template, hashUnits(folded, end - 3, end));
}

function addMarks({ marks, word }: SentenceView, i: number, out: FeatureBuffer): void {
  for (let k = 0; k < marks.length; k++) {
    const column = marks[k];
    const mark = column?.[i] ?? 0;
    const base = 200 + 8 * k;
    if (mark !== 0) {
      out.add(base, mark);
      out.add2(base + 1, mark, word[i + pad - 1] ?? 0);
      out.add2(base + 2, mark, word[i + pad + 1] ?? 0);
    }
    const before = column?.[i - 1] ?? 0;
    const after = column?.[i + 1] ?? 0;
    if (before !== 0) out.add(base + 3, before);
    if (after !== 0) out.add(base + 4, after);
  }
}

function addSegments({ segment }: SentenceView, at: number, out: FeatureBuffer): void {
  out.add(50, segment[at] ?? 0);
  out.add(51, segment[at - 1] ?? 0);
  out.add(52, segment[at + 1] ?? 0);
}

export function hashWords({ folded, starts, ends }: Tokens): number[] {
  return starts.map((start, i) => hashUnits(folded, start, ends[i] ?? start));
}
