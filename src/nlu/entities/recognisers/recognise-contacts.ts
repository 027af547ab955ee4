import type { EntityKind } from '../../recognizer.ts';
import { parsePhone } from './parse-phone.ts';
import type { Found } from './recognise-quantities.ts';

const email =
  /[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_%+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![a-z0-9@])/g;
const url =
  /(?:https?:\/\/|www\.)[a-z0-9][^\s<>"'，。、；）」』】\u3000-\u9fff]{1,2000}|(?<![a-z0-9@._-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}(?:com|net|org|io|cn|de|fr|es|jp|uk|eu|co|info|shop|app|dev|me|tv|ai|gov|edu)(?![a-z0-9.@-])(?:[/?][^\s<>"'，。、；）」』】\u3000-\u9fff]{0,2000})?/g;
const code =
  /(?<![a-z0-9_])(?:#\s?\d{3,20}|(?=[a-z0-9-]{4,32}(?![a-z0-9_-]))[a-z0-9]+(?:-[a-z0-9]+){0,5})(?![a-z0-9_])/g;
const phone = /(?<![a-z0-9_.,-])(?:\+|00)?\(?\d[\d\s().-]{4,22}\d(?![a-z0-9_])/g;

const dateLike = /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})(?!\d)/;
/** 12.345.678: thousands with dots; with nine digits it may be a phone number. */
const grouped = /^(?:\d{1,3}\.\d{3}|\d{1,2}\.\d{3}\.\d{3})$/;

/** Finds e-mail addresses, links, phone numbers and codes, each looked for only where a character of it occurs. */
export function recogniseContacts(
  text: string,
  folded: string,
  region: string,
  kinds: ReadonlySet<EntityKind>,
): readonly Found[] {
  const { at, dot, digits } = countSigns(folded);
  const found: Found[] = [];
  if (at > 0 && kinds.has('email'))
    collect(folded, email, (start, end) => push(found, 'email', start, end, folded.slice(start, end)));
  if (dot > 0 && kinds.has('url')) collect(folded, url, (start, end) => pushUrl(found, text, start, end));
  if (digits >= 5 && kinds.has('phone'))
    collect(folded, phone, (start, end) => pushPhone(found, folded, start, end, region));
  if (digits >= 2 && kinds.has('code'))
    collect(folded, code, (start, end) => pushCode(found, folded, start, end));
  return found;
}

function countSigns(folded: string): { readonly at: number; readonly dot: number; readonly digits: number } {
  let at = 0;
  let dot = 0;
  let digits = 0;
  for (let i = 0; i < folded.length; i++) {
    const unit = folded.charCodeAt(i);
    if (unit === 0x40) at++;
    else if (unit === 0x2e) dot++;
    else if (unit >= 0x30 && unit <= 0x39) digits++;
  }
  return { at, dot, digits };
}

function collect(folded: string, pattern: RegExp, take: (start: number, end: number) => void): void {
  pattern.lastIndex = 0;
  for (let found = pattern.exec(folded); found; found = pattern.exec(folded)) {
    take(found.index, found.index + found[0].length);
  }
}

function push(found: Found[], kind: EntityKind, start: number, end: number, value: string): void {
  if (!found.some((other) => start < other.end && other.start < end)) found.push({ kind, start, end, value });
}

/** Punctuation at its end is the sentence's. */
function pushUrl(found: Found[], text: string, start: number, end: number): void {
  let last = end;
  while (last > start && '.,;:!?)'.includes(text.charAt(last - 1))) last--;
  push(found, 'url', start, last, text.slice(start, last));
}

function pushPhone(found: Found[], folded: string, start: number, end: number, region: string): void {
  const written = folded.slice(start, end);
  const isPhone = !dateLike.test(written) && !grouped.test(written);
  const number = isPhone ? parsePhone(written, region) : undefined;
  if (number !== undefined) push(found, 'phone', start, end, number);
}

/** Letters and digits mixed, a number sign, or six digits and more. */
function pushCode(found: Found[], folded: string, start: number, end: number): void {
  const written = folded.slice(start, end);
  const digits = written.replace(/\D/g, '').length;
  if (written.startsWith('#')) push(found, 'code', start, end, written.slice(1).trim());
  else if (/^\d+$/.test(written) ? digits >= 6 : isMixed(written, digits))
    push(found, 'code', start, end, written.toUpperCase());
}

function isMixed(written: string, digits: number): boolean {
  if (digits < 2 || !/[a-z]/.test(written)) return false;
  return (
    written.length >= 5 &&
    !/^\d+(?:st|nd|rd|th|am|pm|k|km|kg|cm|mm|min|mins|hrs|hours|days|h\d{0,2}|gb|mb|usd|eur|rmb|cny)$/.test(
      written,
    )
  );
}
