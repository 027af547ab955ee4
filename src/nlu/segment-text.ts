import { isCourtesy } from './courtesy.ts';
import { splitClauses, type Stretch } from './split-clauses.ts';

/** What segmentation asks of a classifier about a stretch of text. */
export interface ClauseReading {
  readonly intent: string;
  readonly probability: number;
  readonly accepted: boolean;
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
 * @param read - What the classifier makes of a stretch.
 * @param ranked - The whole text's best intents, best first.
 * @returns At least one segment; together they span the text.
 */
export function segmentText(
  text: string,
  ranked: readonly { readonly intent: string; readonly probability: number }[],
  read: (text: string) => ClauseReading,
): Stretch[] {
  const whole = [{ start: 0, end: text.length }];
  const clauses = splitClauses(text);
  const torn = (ranked[0]?.probability ?? 0) < SURE;
  const joined = clauses.some(({ joins }) => joins);
  if (clauses.length < 2 || !(torn || joined)) return whole;

  const tearing = ranked.slice(0, 3).filter(({ probability }) => probability >= LIKELY);
  const likely = new Set(tearing.map(({ intent }) => intent));
  const segments: { start: number; end: number; intent: string | undefined }[] = [];
  for (const { start, end, joins } of clauses) {
    const words = text.slice(start, end);
    const { intent, accepted } = read(words);
    const request = accepted && !fillers.has(intent) && !isCourtesy(words);
    const own = request && (joined || likely.has(intent)) ? intent : undefined;
    const last = segments.at(-1);
    const another = own !== undefined && last?.intent !== undefined && own !== last.intent;
    if (last === undefined || (another && (torn || joins))) {
      segments.push({ start, end, intent: own });
    } else {
      last.end = end;
      last.intent ??= own;
    }
  }
  return segments.length < 2 ? whole : segments.map(({ start, end }) => ({ start, end }));
}
