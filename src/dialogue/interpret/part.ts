import type { Entity, Segment } from '../../nlu/recognizer.ts';
import type { Command } from '../command.ts';
import { type IntentMass } from './intent-mass.ts';
import { floor, surestCancel, surestResidue } from './priors.ts';
import type { Situation } from './situation.ts';
import type { Value } from './value.ts';

/** One part of a message, with what is needed to weigh its readings. */
export interface Part {
  readonly situation: Situation;
  readonly segment: Segment;
  readonly mass: IntentMass;
  /** Whether it names two values for what was asked, and chooses neither: "Berlin or Vienna". */
  readonly torn?: boolean | undefined;
}

/** A way to read one part: the commands it comes to, and why. */
export interface PartReading {
  readonly commands: readonly Command[];
  /**
   * Natural logarithms, summed to the score:
   * `prior` how often people do this in this state · `intent` P(intent | text, context) · `fit` how surely the values
   * are meant · `residue` P(the words that no value explains say nothing else) · `article` P(the article answers it) ·
   * `trust` acting on an intent that the recogniser does not accept: as likely again as the intent is · `unused` values left over · `empty` a part that
   * says nothing · `further` P(one task more is named) · `spent` P(an intent is meant although a value accounts for the words) · `clarify` asking costs a turn ·
   * `reason` P(a reason against what is on offer gives the task up) · `doubt` P(nothing in a yes says no) · `question` P(a question takes what it names) · `instead` P(another task is begun with
   * words that change what the running one holds).
   */
  readonly terms: Readonly<Record<string, number>>;
  readonly used: readonly Entity[];
  /** Only together with a reading of another part that begins this flow. */
  readonly needs?: string | undefined;
  /** The share of the words that its values account for, where they are more than free text. */
  readonly covers?: number | undefined;
  /** The flow that it begins. */
  readonly starts?: string | undefined;
}

export function logOf(probability: number): number {
  return Math.log(Math.max(floor, probability));
}

export function scoreOf(terms: Readonly<Record<string, number>>): number {
  return Object.values(terms).reduce((sum, term) => sum + term, 0);
}

/** Log P(what is left of a part, once values are taken out of it, carries none of these intents). */
export function residue(part: Part, values: readonly Value[], elsewhere: number): number {
  const surest = Math.max(surestResidue, Math.min(surestCancel, part.mass.of('cancel')));
  return shareLeft(part.segment.text, values) * logOf(1 - Math.min(surest, elsewhere));
}

/** The share of a text's letters and digits that no value accounts for; a few words around one are nothing. */
export function shareLeft(text: string, values: readonly Value[]): number {
  const letters = (words: string): number => words.replaceAll(/[^\p{L}\p{N}]/gu, '').length;
  const total = letters(text);
  const taken = new Set(values.map((value) => value.text));
  const left = total - [...taken].reduce((sum, words) => sum + letters(words), 0);
  return total === 0 || left / total < 0.15 ? 0 : Math.min(1, left / total);
}

export function fitOf(values: readonly Value[]): number {
  return values.reduce((sum, { fit }) => sum + logOf(fit), 0);
}

export function setCommands(values: readonly Value[]): readonly Command[] {
  return values.map(({ slot, value, text }) => ({ kind: 'set_slot', slot, value, text }));
}

/** A yes or a no that the recogniser does not accept counts its intent twice, as beginning a task does. */
export function guarded(reading: PartReading, { segment }: Part): PartReading {
  const { intent = 0 } = reading.terms;
  return segment.accepted ? reading : { ...reading, terms: { ...reading.terms, trust: intent } };
}

export function usedBy(values: readonly Value[]): readonly Entity[] {
  return values.flatMap(({ entities }) => entities);
}

/** Log P(an intent is meant although the words are taken by a value, or are none: a number, a code, an address). */
export function spent(part: Part, values: readonly PartReading[]): number {
  if (isBare(part.segment.text)) return logOf(bareIntent);
  const covered = values.some(({ covers, terms }) => {
    return covers !== undefined && covers > 0.85 && (terms['fit'] ?? 0) > logOf(0.5);
  });
  return covered ? logOf(bareIntent) : 0;
}

const bareIntent = 0.05;

/** Whether a text is a number, a code or an address, without a word beside it. */
function isBare(text: string): boolean {
  const rest = text.replaceAll(/[\w@.+-]*[\d@][\w@.+-]*/gu, '');
  return rest !== text && !/\p{L}/u.test(rest);
}
