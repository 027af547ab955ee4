import type { Locale } from '../message.ts';

/** One labelled utterance. */
export interface TrainingExample {
  readonly text: string;
  /** Absent for data that only labels entities; `oos` marks an utterance that no intent covers. */
  readonly intent: string | undefined;
  readonly locale: Locale;
  /** In text order, not overlapping; `text.slice(start, end)` is the annotated surface. */
  readonly entities: readonly AnnotatedEntity[];
  /** For data that records the question just asked. */
  readonly requested?: readonly string[] | undefined;
  /** Where it was written, as `file:line:column`, for messages to its author. */
  readonly source?: string | undefined;
}

export interface AnnotatedEntity {
  readonly entity: string;
  readonly role?: string | undefined;
  readonly group?: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The canonical value where the annotation gives one. */
  readonly value?: string | undefined;
}

/** What a bot teaches the recogniser: utterances, and the words and shapes of its entities. */
export interface TrainingData {
  readonly examples: readonly TrainingExample[];
  /** What its tasks are called and what they do: learned beside the examples, and all there is of a task that has none. */
  readonly descriptions?: readonly TrainingExample[] | undefined;
  /** Canonical values by entity, each with its surface forms; from synonyms, lookups and the choices of slots. */
  readonly lists: readonly EntityList[];
  readonly patterns: readonly EntityPattern[];
}

export interface EntityList {
  readonly entity: string;
  /** Absent = every locale. */
  readonly locale?: Locale | undefined;
  readonly items: readonly { readonly value: string; readonly forms: readonly string[] }[];
  /** Where it was written, as `file:line:column`. */
  readonly source?: string | undefined;
}

export interface EntityPattern {
  readonly entity: string;
  /** RE2 syntax. */
  readonly pattern: string;
  readonly locale?: Locale | undefined;
}
