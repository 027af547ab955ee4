import { simplifiedCode } from '../simplified-characters.ts';

/** Punctuation that people type in more than one form, and the form that is matched. */
const plainOf = new Map([
  [0x2018, 0x27],
  [0x2019, 0x27],
  [0x02bc, 0x27],
  [0x2010, 0x2d],
  [0x2011, 0x2d],
  [0x2012, 0x2d],
  [0x2013, 0x2d],
  [0x2014, 0x2d],
  [0x2212, 0x2d],
  [0x3000, 0x20],
  [0xa0, 0x20],
  [0x202f, 0x20],
  [0x2009, 0x20],
  [0x301c, 0x7e],
  [0x3002, 0x2e],
]);

/**
 * Brings a text to the form that lists, recognisers and the tagger compare: lower case, half width, simplified.
 *
 * Every UTF-16 unit maps to exactly one, so that spans in the result are spans in `text`.
 */
export function foldText(text: string): string {
  let plain = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f || (code >= 0x41 && code <= 0x5a)) {
      plain = false;
      break;
    }
  }
  return plain ? text : foldUnits(text);
}

function foldUnits(text: string): string {
  const chunks: string[] = [];
  const units = new Array<number>(Math.min(text.length, 4096));
  for (let from = 0; from < text.length; from += units.length) {
    units.length = Math.min(units.length, text.length - from);
    for (let i = 0; i < units.length; i++) units[i] = foldUnit(text.charCodeAt(from + i));
    chunks.push(String.fromCharCode(...units));
  }
  return chunks.join('');
}

function foldUnit(code: number): number {
  if (code < 0x80) return code >= 0x41 && code <= 0x5a ? code + 32 : code;
  if (code >= 0xff01 && code <= 0xff5e) return foldUnit(code - 0xfee0);
  if (code >= 0xd800 && code <= 0xdfff) return code;
  if (code >= 0x4e00 && code < 0xa000) return simplifiedCode(code);
  const known = plainOf.get(code);
  if (known !== undefined) return known;
  if (code >= 0x2e80 && code <= 0xabff) return code;
  const lower = String.fromCharCode(code).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : code;
}
