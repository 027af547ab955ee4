/** The tokens of a text: words, single characters of unspaced scripts, and punctuation marks. */
export interface Tokens {
  readonly text: string;
  /** Folded, so that `folded.slice(starts[i], ends[i])` is the token's word. */
  readonly folded: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const letterOrDigit = /[\p{L}\p{M}\p{N}]/u;

/** Whether a unit belongs to a script that is written without spaces. */
export function isUnspaced(code: number): boolean {
  return (
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x0e00 && code <= 0x0eff)
  );
}

type UnitClass = 'space' | 'word' | 'unspaced' | 'mark';

function classOf(code: number): UnitClass {
  if (code < 0x80) {
    if (code <= 0x20 || code === 0x7f) return 'space';
    const word =
      (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a);
    return word ? 'word' : 'mark';
  }
  if (isUnspaced(code)) return 'unspaced';
  if (code >= 0xd800 && code <= 0xdfff) return 'mark';
  const char = String.fromCharCode(code);
  if (letterOrDigit.test(char)) return 'word';
  return char.trim() === '' ? 'space' : 'mark';
}

/** Splits so that every span a person would annotate starts and ends at a token. */
export function splitTokens(text: string, folded: string): Tokens {
  const starts: number[] = [];
  const ends: number[] = [];
  let i = 0;
  while (i < folded.length) {
    const code = folded.charCodeAt(i);
    const kind = classOf(code);
    let end = i + 1;
    if (kind === 'word') while (end < folded.length && classOf(folded.charCodeAt(end)) === 'word') end++;
    else if (code >= 0xd800 && code <= 0xdbff && end < folded.length) end++;
    if (kind !== 'space') {
      starts.push(i);
      ends.push(end);
    }
    i = end;
  }
  return { text, folded, starts, ends };
}
