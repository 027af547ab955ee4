import { isCourtesy } from '../courtesy.ts';
import type { Entity, RequestedSlot } from '../recognizer.ts';
import type { ListHit } from './lists/list-matcher.ts';
import type { PatternHit } from './lists/pattern-matcher.ts';
import type { Found } from './recognisers/recognise-quantities.ts';
import type { TaggedSpan } from './tagger/tagger.ts';
import type { Tokens } from './tagger/split-tokens.ts';
import type { Synonyms } from './synonyms.ts';

/** What was found before overlaps are resolved. */
export interface Candidate extends Entity {
  /** Whether it may fill a slot that the person was just asked for. */
  readonly asked: boolean;
}

/** Names of the slots asked for, of the entities that may fill them, and of their types' recognisers. */
export function askedNames(requested: readonly RequestedSlot[]): ReadonlySet<string> {
  return new Set(
    requested.flatMap(({ slot, type, entities }) => [
      slot,
      type,
      ...entities.map((name) => name.replace(/\/.*/, '')),
    ]),
  );
}

export function fromList(hit: ListHit, text: string, asked: ReadonlySet<string>): Candidate {
  return { ...hit, text: text.slice(hit.start, hit.end), source: 'list', asked: asked.has(hit.entity) };
}

export function fromPattern(hit: PatternHit, text: string, asked: ReadonlySet<string>): Candidate {
  const written = text.slice(hit.start, hit.end);
  return { ...hit, text: written, score: 1, source: 'regex', asked: asked.has(hit.entity) };
}

export function fromRecogniser(found: Found, text: string, asked: ReadonlySet<string>): Candidate {
  const { kind, start, end, value, later } = found;
  const written = text.slice(start, end);
  return {
    entity: kind,
    start,
    end,
    text: written,
    value,
    ...(later ? { later } : {}),
    score: 1,
    source: 'recogniser',
    asked: asked.has(kind),
  };
}

/** A marked span has its synonym's value; else, where a recogniser reads the whole of it, that value; else its text. */
export function fromTag(
  { type, first, last, score }: TaggedSpan,
  tokens: Tokens,
  found: readonly Found[],
  synonyms: Synonyms,
  asked: ReadonlySet<string>,
): Candidate {
  const marked = tokens.starts[first] ?? 0;
  const markedEnd = tokens.ends[last] ?? marked;
  const start = marked + openingOf(tokens.text.slice(marked, markedEnd));
  const end = markedEnd - closingOf(tokens.text.slice(start, markedEnd));
  const text = tokens.text.slice(start, end);
  const read = found.find((hit) => hit.start === start && hit.end === end);
  const value = synonyms.valueOf(type.entity, text) ?? read?.value ?? text;
  const later = value === read?.value && read.later ? { later: read.later } : {};
  return {
    ...type,
    ...{ start, end, text, value },
    ...later,
    ...{ score, source: 'tagger', asked: asked.has(type.entity) },
  };
}

/** Marks at the end that close the sentence and not the value; a dot after a letter or two is an abbreviation's. */
function closingOf(marked: string): number {
  const [marks = ''] = /(?:[,;:!?，、；：！？。]|(?<=[\p{L}\p{N}]{3})\.|(?<=\d)\.)\s*$/u.exec(marked) ?? [];
  return marks.length === marked.length ? 0 : marks.length;
}

const yesOrNo = /^(?:no|nope|nah|yes|yeah|yep|wait|不|不是|不对|对|是的)[,，、!！。]/iu;

const parting = /[,，、!！。]/;

/** Characters of a yes, a no or a courtesy that a comma parts from the value: "no, 24 Park Street". */
function openingOf(marked: string): number {
  if (!parting.test(marked)) return 0;
  const [clause = ''] = /^[^,，、!！。]{1,20}[,，、!！。]\s*/u.exec(marked) ?? [];
  if (clause.length === marked.length) return 0;
  return yesOrNo.test(clause) || isCourtesy(clause) ? clause.length : 0;
}
