/**
 * Cuts a text into parts of at most `maxLength` UTF-16 units: between paragraphs, else sentences, else words, else
 * characters as people see them.
 */
export function splitText(text: string, maxLength: number): readonly string[] {
  if (text.length <= maxLength) return [text];
  return pack(pieces(text, maxLength, cuts), maxLength);
}

type Cut = (text: string) => readonly string[];

const cuts: readonly Cut[] = [
  (text) => text.split(/(?<=\n\n)/u),
  (text) => segments(text, 'sentence'),
  (text) => withPunctuation(segments(text, 'word')),
  (text) => segments(text, 'grapheme'),
];

function segments(text: string, granularity: 'sentence' | 'word' | 'grapheme'): readonly string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity }).segment(text), ({ segment }) => segment);
}

/** A mark stays with the word before it. */
function withPunctuation(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const word of words) {
    if (joined.length > 0 && /^\p{P}+$/u.test(word)) joined.push(`${joined.pop() ?? ''}${word}`);
    else joined.push(word);
  }
  return joined;
}

/** Pieces short enough, as large as the first cut that makes them so. */
function pieces(text: string, maxLength: number, [cut, ...finer]: readonly Cut[]): readonly string[] {
  if (text.length <= maxLength) return [text];
  if (!cut) return text.match(new RegExp(`[^]{1,${Math.max(1, maxLength)}}`, 'g')) ?? [];
  return cut(text).flatMap((part) => pieces(part, maxLength, finer));
}

function pack(parts: readonly string[], maxLength: number): readonly string[] {
  const packed: string[] = [];
  let current = '';
  for (const part of parts) {
    if (current.length + part.length > maxLength) {
      packed.push(current);
      current = '';
    }
    current += part;
  }
  packed.push(current);
  return packed.map((part) => part.trim()).filter((part) => part !== '');
}
