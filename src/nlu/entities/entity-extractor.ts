import type { Locale } from '../../message.ts';
import type { TokenEncoding } from '../encoder/encoder.ts';
import type { Entity, EntityKind, RequestedSlot } from '../recognizer.ts';
import type { EntityModel } from './entity-model.ts';
import { foldText } from './fold-text.ts';
import { createListMatcher } from './lists/list-matcher.ts';
import { createPatternMatcher } from './lists/pattern-matcher.ts';
import { createRecogniser } from './recognisers/recognise.ts';
import type { Found } from './recognisers/recognise-quantities.ts';
import { resolveOverlaps, type Candidate } from './resolve-overlaps.ts';
import { splitTokens, type Tokens } from './tagger/split-tokens.ts';
import { createTagger, type TaggedSpan } from './tagger/tagger.ts';

export interface ExtractOptions {
  readonly locale: Locale;
  /** What the person was just asked for; empty when nothing was asked. */
  readonly requested: readonly RequestedSlot[];
  /** The conversation's clock; epoch milliseconds. */
  readonly now: number;
  /** IANA. */
  readonly timeZone: string;
  /** An encoder's states of the text's tokens, for models that were trained with them. */
  readonly tokenVectors?: readonly TokenEncoding[] | undefined;
}

/** Finds a text's entities. Never throws for what a person may type. */
export interface EntityExtractor {
  /** @returns In text order, without overlaps; see `docs/entities.md` for which of two overlapping ones stays. */
  extract(text: string, options: ExtractOptions): readonly Entity[];
}

export const entityKinds = [
  'number',
  'ordinal',
  'money',
  'percentage',
  'date',
  'time',
  'datetime',
  'date_range',
  'duration',
  'phone',
  'email',
  'url',
  'code',
] as const satisfies readonly EntityKind[];

export interface EntityExtractorOptions {
  /** The recognisers that are on; all of them by default. */
  readonly recognisers?: readonly EntityKind[] | undefined;
}

export function createEntityExtractor(
  model: EntityModel,
  options: EntityExtractorOptions = {},
): EntityExtractor {
  const vocabulary = new Set(model.vocabulary);
  const matchLists = createListMatcher(model.lists, (hash) => vocabulary.has(hash));
  const matchPatterns = createPatternMatcher(model.patterns);
  const recognise = createRecogniser(model.locales, options.recognisers ?? entityKinds);
  const tag = model.tagger && createTagger(model.tagger);
  return {
    extract(text, { locale, requested, now, timeZone }) {
      const folded = foldText(text);
      const tokens = splitTokens(text, folded);
      const asked = askedNames(requested);
      const found = recognise(text, folded, { locale, requested, now, timeZone });
      const lists = matchLists(tokens, locale).map((hit): Candidate => ({
        ...hit,
        text: text.slice(hit.start, hit.end),
        source: 'list',
        asked: asked.has(hit.entity),
      }));
      const regexes = matchPatterns(text, locale).map((hit): Candidate => ({
        ...hit,
        text: text.slice(hit.start, hit.end),
        score: 1,
        source: 'regex',
        asked: asked.has(hit.entity),
      }));
      const tagged = tag?.(tokens, []).map((span) => fromTag(span, tokens, found, asked)) ?? [];
      const recognised = found.map((hit): Candidate => fromRecogniser(hit, text, asked));
      return resolveOverlaps([...lists, ...regexes, ...tagged, ...recognised]);
    },
  };
}

/** Names of the slots asked for, of the entities that may fill them, and of their types' recognisers. */
function askedNames(requested: readonly RequestedSlot[]): ReadonlySet<string> {
  return new Set(
    requested.flatMap(({ slot, type, entities }) => [
      slot,
      type,
      ...entities,
      ...entities.map((name) => name.replace(/\/.*/, '')),
    ]),
  );
}

function fromRecogniser(
  { kind, start, end, value }: Found,
  text: string,
  asked: ReadonlySet<string>,
): Candidate {
  return {
    entity: kind,
    start,
    end,
    text: text.slice(start, end),
    value,
    score: 1,
    source: 'recogniser',
    asked: asked.has(kind),
  };
}

/** A span that a recogniser reads in full takes its value. */
function fromTag(
  { type, first, last, score }: TaggedSpan,
  tokens: Tokens,
  found: readonly Found[],
  asked: ReadonlySet<string>,
): Candidate {
  const start = tokens.starts[first] ?? 0;
  const end = tokens.ends[last] ?? start;
  const text = tokens.text.slice(start, end);
  const read = found.find((hit) => hit.start === start && hit.end === end);
  return {
    ...type,
    start,
    end,
    text,
    value: read ? read.value : text,
    score,
    source: 'tagger',
    asked: asked.has(type.entity),
  };
}
