export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a text that may be a request of its own. */
export interface Clause extends Stretch {
  /** Whether words that join requests stand before it. */
  readonly joins: boolean;
}

/** More clauses than this are left together: nobody asks for so many things at once. */
const MOST_CLAUSES = 6;

/** Where one request may end and another begin: sentence ends, and words that join requests. */
const boundary = new RegExp(
  [
    '[.!?。！？;；\\n]+(?=\\s|$|\\p{Script=Han})',
    '[，,]?\\s*(?:另外|还有|顺便|同时|然后|以及|并且|再就是|还想|也想|(?:再|还要|也要|还得)(?=[帮给订定租找查看来预]))',
    ',\\s*(?=(?:and|but|also|then|plus)\\b)',
    '\\s+(?=(?:and|but) (?:also|then|what|how|where|when|which|who|can|could|i|we|please|do|is|my|a|an|the|some)\\b)',
    '\\s+(?=(?:and|but) (?:change|cancel|check|tell|show|give|send|list|book|find|get|rent|reserve|move|add|stay|let)\\b)',
    '\\s+(?=(?:also|plus|as well as)\\b)',
    '[，,]\\s*',
  ].join('|'),
  'giu',
);

const joiner =
  /^[\s，,]*(?:and|also|plus|as well as|另外|还有|顺便|同时|以及|并且|再就是|还想|也想|(?:再|还要|也要|还得)[帮给订定租找查看来预])/iu;

/** Cuts a text where a second request may begin; a single clause is the whole text. */
export function splitClauses(text: string): Clause[] {
  const clauses: Clause[] = [];
  let start = 0;
  for (const match of text.matchAll(boundary)) {
    // A cut inside the first word or after the last one separates nothing.
    if (text.slice(start, match.index).trim().length < 2 || text.slice(match.index).trim().length < 3)
      continue;
    const joinsNext = /^[，,]?\s*\p{Script=Han}/u.test(match[0]);
    const cut = joinsNext ? match.index : match.index + match[0].length;
    clauses.push({ start, end: cut, joins: joiner.test(text.slice(start, cut)) });
    start = cut;
  }
  clauses.push({ start, end: text.length, joins: joiner.test(text.slice(start)) });
  return clauses.length > MOST_CLAUSES ? [{ start: 0, end: text.length, joins: false }] : clauses;
}
