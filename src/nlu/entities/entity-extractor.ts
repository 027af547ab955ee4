import type { Locale } from '../../message.ts';
import { entityKinds, type Entity, type EntityKind, type RequestedSlot } from '../recognizer.ts';
import type { EntityModel } from './entity-model.ts';
import { foldText } from './fold-text.ts';
import { askedNames, fromList, fromPattern, fromRecogniser, fromTag } from './candidate.ts';
import { createListMatcher } from './lists/list-matcher.ts';
import { createPatternMatcher } from './lists/pattern-matcher.ts';
import { markFound } from './mark-found.ts';
import { createRecogniser } from './recognisers/recognise.ts';
import { resolveOverlaps } from './resolve-overlaps.ts';
import { createSynonyms } from './synonyms.ts';
import { splitTokens } from './tagger/split-tokens.ts';
import { createTagger } from './tagger/tagger.ts';
import { isAmong } from './vocabulary.ts';

export interface ExtractOptions {
  readonly locale: Locale;
  /** What the person was just asked for; empty when nothing was asked. */
  readonly requested: readonly RequestedSlot[];
  /** The conversation's clock; epoch milliseconds. */
  readonly now: number;
  /** IANA. */
  readonly timeZone: string;
}

/** Finds a text's entities. Never throws for what a person may type. */
export interface EntityExtractor {
  /** @returns In text order, without overlaps; see `docs/entities.md` for which of two overlapping ones stays. */
  extract(text: string, options: ExtractOptions): readonly Entity[];
}

export interface EntityExtractorOptions {
  /** The recognisers that are on; all of them by default. */
  readonly recognisers?: readonly EntityKind[] | undefined;
}

/** Texts are looked at up to here, in UTF-16 units: so much is a pasted document, and time stays bounded. */
const maxUnits = 10_000;

export function createEntityExtractor(
  model: EntityModel,
  options: EntityExtractorOptions = {},
): EntityExtractor {
  const matchLists = createListMatcher(model.lists, isAmong(model.vocabulary));
  const matchPatterns = createPatternMatcher(model.patterns);
  const recognise = createRecogniser(model.locales, options.recognisers ?? entityKinds);
  const synonyms = createSynonyms(model.synonyms);
  const tag = model.tagger && createTagger(model.tagger);
  return {
    extract(whole, { locale, requested, now, timeZone }) {
      const text = whole.length > maxUnits ? whole.slice(0, maxUnits) : whole;
      const folded = foldText(text);
      const tokens = splitTokens(text, folded);
      const asked = askedNames(requested);
      const found = recognise(text, folded, { locale, requested, now, timeZone });
      const lists = matchLists(tokens, locale);
      const tagged = tag?.(tokens, markFound(tokens, found, lists), namesOf(requested)) ?? [];
      return resolveOverlaps([
        ...matchPatterns(text, locale).map((hit) => fromPattern(hit, text, asked)),
        ...lists.map((hit) => fromList(hit, text, asked)),
        ...tagged.map((span) => fromTag(span, tokens, found, synonyms, asked)),
        ...found.map((hit) => fromRecogniser(hit, text, asked)),
      ]);
    },
  };
}

/** For each slot that was asked for its name, and those of the entities that may fill it. */
function namesOf(requested: readonly RequestedSlot[]): readonly (readonly string[])[] {
  return requested.map(({ slot, entities }) => [slot, ...entities]);
}
