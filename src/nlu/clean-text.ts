export interface CleanText {
  readonly text: string;
  /** What was done that the reader of a trace should know. */
  readonly notes: readonly string[];
}

/** Longer messages are understood by their beginning; this is about a page. */
export const maxMessageChars = 4000;

const fullWidth = /[\uFF03\uFF05\uFF0B\uFF0D-\uFF19\uFF20-\uFF3A\uFF3F\uFF41-\uFF5A\u3000]/g;
// Everything without a glyph, but line breaks and tabs, and the joiners that hold emoji and Indic letters together.
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/gu;
const kept = /[\t\n\u200C\u200D\u{E0020}-\u{E007F}]/u;

/**
 * Makes a received text fit to be read: Unicode NFC, well-formed, ASCII for full-width letters, digits and the signs of
 * codes and addresses, no control characters, no longer than {@link maxMessageChars}.
 */
export function cleanText(received: string): CleanText {
  const notes: string[] = [];
  let text = received.length > 2 * maxMessageChars ? received.slice(0, 2 * maxMessageChars) : received;

  text = text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(invisible, (char) => (kept.test(char) ? char : char === '\u0085' ? '\n' : ''))
    .replace(fullWidth, (char) =>
      char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
    )
    .trim();
  if (text.length > maxMessageChars) text = text.slice(0, maxMessageChars).replace(/\p{Surrogate}$/u, '');
  if (received.trim().length > maxMessageChars) {
    notes.push(`truncated: only the first ${text.length} of ${received.length} characters were read`);
  }
  return { text, notes };
}
