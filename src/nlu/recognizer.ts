import type { CallOptions } from '../call-options.ts';
import type { Json } from '../json.ts';
import type { Locale } from '../message.ts';

/** What the conversation knows that changes what a text means. */
export interface RecognitionContext {
  /** The slots just asked for, in the order asked; empty when the bot asked nothing. */
  readonly requested: readonly RequestedSlot[];
  /** The flow on top of the stack, if one is active. */
  readonly activeFlow?: string | undefined;
  /** What the bot did last: the response it uttered, or the question it asked. */
  readonly lastBotAct?: string | undefined;
  /** The conversation's locale so far. */
  readonly locale?: Locale | undefined;
  /** The conversation's clock; epoch milliseconds. */
  readonly now: number;
  /** IANA zone in which relative dates are resolved, e.g. `Europe/Paris`. */
  readonly timeZone: string;
}

export interface RequestedSlot {
  readonly slot: string;
  readonly type: EntityKind | 'text' | 'boolean' | 'choice' | 'list' | 'object' | 'any';
  /** Entities that may fill it (`name` or `name/role`). */
  readonly entities: readonly string[];
  /** For a choice: the values on offer now, best described first. */
  readonly choices?: readonly string[] | undefined;
}

/** What a text means, before anything is decided about it. */
export interface Understanding {
  /** The text as received, after Unicode clean-up; spans index into it in UTF-16 code units. */
  readonly text: string;
  readonly locale: Locale;
  /** Whether the text itself showed its locale; otherwise it is the conversation's or the bot's default. */
  readonly localeReliable: boolean;
  /** -1 (angry) to 1 (pleased). */
  readonly sentiment: number;
  /** One for each task in the message, in text order; at least one, spanning the text. */
  readonly segments: readonly Segment[];
  /** Articles that may answer the whole text, best first; empty when there is no index. */
  readonly articles: readonly ArticleMatch[];
  /** What the recogniser wants known: encoder down, transferred language, truncated text. */
  readonly notes: readonly string[];
}

export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Best first, at most 10; calibrated P(intent | text), so that they sum to at most 1. */
  readonly intents: readonly RankedIntent[];
  /** P(no intent of this bot | text), 0 to 1, from the fitted rejector. */
  readonly outOfScope: number;
  /** Whether the rejector, at the threshold fitted for the bot's cost of acting wrongly, accepts the best intent. */
  readonly accepted: boolean;
  /** In text order; overlaps already resolved. */
  readonly entities: readonly Entity[];
  /** Whether the n-grams were sure enough to decide alone; absent when the encoder was asked, or there is none. */
  readonly shortcut?: boolean | undefined;
  /** Training utterances nearest to this text, best first, at most 3: the reason for the decision. */
  readonly nearest: readonly Neighbour[];
}

export interface RankedIntent {
  readonly intent: string;
  /** Calibrated P(intent | text), 0 to 1. */
  readonly probability: number;
  /** P(intent | context) over a uniform prior, as a natural logarithm: 0 when the context says nothing. */
  readonly contextLogOdds: number;
}

export interface Neighbour {
  readonly text: string;
  readonly intent: string;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}

/** The kinds that the built-in recognisers find; also the names of those entities. */
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
] as const;

export type EntityKind = (typeof entityKinds)[number];

export interface Entity {
  /** The annotated, list's, regex's or recogniser's name. */
  readonly entity: string;
  readonly role?: string | undefined;
  readonly group?: string | undefined;
  readonly start: number;
  readonly end: number;
  /** `text.slice(start, end)` of the understood text. */
  readonly text: string;
  /** The normal form; see {@link EntityValue}. Lists give the canonical value, the tagger the text (or its synonym). */
  readonly value: EntityValue;
  /** So long after a day told of before, where the words say so ("a week later"); `value` then counts from today. */
  readonly later?: Later | undefined;
  /** 0 to 1. */
  readonly score: number;
  readonly source: 'tagger' | 'list' | 'regex' | 'recogniser';
}

/** A length of time in whole months and days, either of them backwards when negative. */
export interface Period {
  readonly months: number;
  readonly days: number;
}

/** How long after a day told of before. */
export interface Later extends Period {
  /** The words say so as well of today: 三周后. */
  readonly loosely?: true | undefined;
}

/**
 * A normalised value:
 * number, percentage (5 for "5%") → number; ordinal → number, 1-based, -1 for "the last";
 * money → `{ amount, currency }` (ISO 4217, or null when unsaid); date → `YYYY-MM-DD`; time → `HH:MM` (24 h);
 * datetime → `YYYY-MM-DDTHH:MM` with the zone's offset; date_range → `{ from, to }` of dates, `to` inclusive;
 * duration → `{ seconds }`; phone → E.164; email, url, code, text → string.
 */
export type EntityValue = Json;

export interface ArticleMatch {
  readonly article: string;
  readonly title: string;
  readonly locale: Locale;
  /** P(this article answers the text), 0 to 1. */
  readonly score: number;
}

/** Finds articles that may answer a text; a part of recognition, so that answering competes with acting. */
export interface ArticleSearch {
  search(text: string, locale: Locale, options?: CallOptions): Promise<readonly ArticleMatch[]>;
}

/** Understands one message. Never throws for what a person may type: nonsense has an `Understanding` too. */
export interface Recognizer {
  /** Content hash of the model behind it; part of every trace. */
  readonly modelId: string;
  recognise(text: string, context: RecognitionContext, options?: CallOptions): Promise<Understanding>;
}
