/** A word's place in a text; `unspaced` marks a run of a script that writes no spaces between words. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly unspaced: boolean;
}

const runs =
  /(?<unspaced>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]+)|[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)*|\p{Extended_Pictographic}/gu;

let segmenter: Intl.Segmenter | undefined;

/** Splits a text into runs of letters and digits; runs without spaces are left whole for {@link segmentWords}. */
export function tokenRuns(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(runs)) {
    const unspaced = match.groups?.['unspaced'] !== undefined;
    tokens.push({ start: match.index, end: match.index + match[0].length, unspaced });
  }
  return tokens;
}

/** The words of a run without spaces, by the dictionary of ICU (so they follow its version: see the manifest). */
export function segmentWords(text: string, run: Token): Token[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const words: Token[] = [];
  for (const { index, segment } of segmenter.segment(text.slice(run.start, run.end))) {
    words.push({ start: run.start + index, end: run.start + index + segment.length, unspaced: true });
  }
  return words;
}
