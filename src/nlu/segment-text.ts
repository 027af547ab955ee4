import { isCourtesy } from './courtesy.ts';
import { type Clause, splitClauses, type Stretch } from './split-clauses.ts';

/** What segmentation asks of a classifier about a stretch of text. */
export interface ClauseReading {
  readonly intent: string;
  readonly probability: number;
  readonly accepted: boolean;
}

/** A value in the text. */
export interface FoundValue extends Stretch {
  readonly isStretchOfDays: boolean;
}

/** Politeness around a request is no request. */
const fillers: ReadonlySet<string> = new Set(['greet', 'thank', 'goodbye']);

/** A whole text that is this sure of one intent is cut only before words that join requests. */
const SURE = 0.9;
/** An intent that the whole text makes less likely than this does not tear it. */
const LIKELY = 0.05;

/**
 * Cuts a message into its requests: only where two clauses are each accepted for different intents, and either a word
 * joins them or the whole text, torn between them, is sure of neither.
 *
 * Two stretches of days ("Friday to Tuesday … Saturday to Monday") in two clauses join them as well as a word does. A clause
 * that is nothing but values makes no request; a question after it is one of its own: "12 to 15 July. Is breakfast included?"
 *
 * @param read - What the classifier makes of a stretch.
 * @param ranked - The whole text's best intents, best first.
 * @param values - What was found in the text.
 * @returns At least one segment; together they span the text.
 */
export function segmentText(
  text: string,
  ranked: readonly { readonly intent: string; readonly probability: number }[],
  read: (text: string) => ClauseReading,
  values: readonly FoundValue[] = [],
): Stretch[] {
  const whole = [{ start: 0, end: text.length }];
  const clauses = joinedByDays(splitClauses(text), values);
  const torn = (ranked[0]?.probability ?? 0) < SURE;
  const joined = clauses.some(({ joins }) => joins);
  if (clauses.length < 2 || !(torn || joined)) return whole;

  const isSaid = isSure(values);
  const tearing = ranked.slice(0, 3).filter(({ probability }) => probability >= LIKELY);
  const likely = new Set(tearing.map(({ intent }) => intent));
  const segments: { start: number; end: number; intent: string | undefined; answer: boolean }[] = [];
  for (const { start, end, joins } of clauses) {
    const words = text.slice(start, end);
    const reading = read(words);
    const { intent } = reading;
    // "And a car in Vienna from the 8th": a word that joins requests, and values that say which.
    const isJoined = joins && reading.accepted && reading.probability >= SURE;
    const answer = !QUESTION.test(words) && !isJoined && isNothingBut(values, text, { start, end });
    const request = isSaid(reading) && !answer && !fillers.has(intent) && !isCourtesy(words);
    const own = request && (joined || likely.has(intent)) ? intent : undefined;
    const last = segments.at(-1);
    const before = last?.intent ?? (joins && last ? intentOf(read, isSaid, text, last) : undefined);
    const another = own !== undefined && before !== undefined && own !== before;
    const asked = own !== undefined && last?.answer === true && QUESTION.test(words);
    if (last === undefined || asked || (another && (torn || joins))) {
      segments.push({ start, end, intent: own, answer });
    } else {
      last.end = end;
      last.intent ??= own;
      last.answer &&= answer;
    }
  }
  return segments.length < 2 ? whole : segments.map(({ start, end }) => ({ start, end }));
}

/** What clauses ask for together of which none asks for something by itself: "a hotel in Paris, 5th to 7th". */
function intentOf(
  read: (text: string) => ClauseReading,
  isSaid: (reading: ClauseReading) => boolean,
  text: string,
  { start, end }: Stretch,
): string | undefined {
  const reading = read(text.slice(start, end));
  return isSaid(reading) && !fillers.has(reading.intent) ? reading.intent : undefined;
}

/** Whether a stretch asks for what it was read as: where two stretches of days tell of two requests, the likelier intent will do. */
function isSure(values: readonly FoundValue[]): (reading: ClauseReading) => boolean {
  const least = values.filter(({ isStretchOfDays }) => isStretchOfDays).length > 1 ? PROBABLE : 1;
  return ({ accepted, probability }) => accepted || probability >= least;
}

const PROBABLE = 0.5;

/** Whether the letters of a stretch are those of values. */
function isNothingBut(values: readonly Stretch[], text: string, { start, end }: Stretch): boolean {
  const own = values.filter((value) => value.start >= start && value.end <= end);
  const letters = (words: string): number => words.replaceAll(/[^\p{L}\p{N}]/gu, '').length;
  const taken = own.reduce((sum, value) => sum + letters(text.slice(value.start, value.end)), 0);
  return own.length > 0 && taken >= letters(text.slice(start, end)) * NOTHING_BUT;
}

const QUESTION = /[?？]\s*$/u;

/** A particle beside a value is nothing: 周五到周日, "on Friday". */
const NOTHING_BUT = 0.75;

function joinedByDays(clauses: readonly Clause[], values: readonly FoundValue[]): readonly Clause[] {
  const days = values.filter(({ isStretchOfDays }) => isStretchOfDays);
  const own = clauses.map(({ start, end }) => days.some((each) => each.start >= start && each.start < end));
  return clauses.map((clause, at) => ({
    ...clause,
    joins: clause.joins || (own[at] === true && own.indexOf(true) < at),
  }));
}
