import type { LocalizedText } from '../message.ts';
import type { FileReader } from './flow-reader.ts';
import { convertJinja } from './convert-jinja.ts';
import { fault } from './rules.ts';
import { inside, positionAt, remember, type SourcePlace } from './source-place.ts';

/** Reads a text for every locale, or one for each; where each stands is remembered. */
export function parseText(raw: unknown, place: SourcePlace): LocalizedText {
  if (raw === null || raw === undefined) return {};
  const isMap = typeof raw === 'object';
  const text = isMap
    ? Object.fromEntries(Object.entries(raw).map(([locale, value]) => [locale, String(value)]))
    : { '*': asText(raw) };
  remember(text, '', positionAt(place));
  for (const locale of Object.keys(text)) {
    remember(text, locale, positionAt(isMap ? inside(place, locale) : place));
  }
  return text;
}

/** Reads a text that Rasa marks as a Jinja template; the little that is not code becomes ICU MessageFormat. */
export function parseJinjaText(
  raw: unknown,
  place: SourcePlace,
  reader: Pick<FileReader, 'report'>,
): LocalizedText {
  const text = parseText(raw, place);
  const converted = Object.entries(text).map(([locale, template]) => {
    const result = convertJinja(template);
    if (result.kind === 'converted') return [locale, result.text] as const;
    const at = locale === '*' ? place : inside(place, locale);
    const position = place.source.positionInside(at.path, result.offset);
    reader.report(fault('invalid-text', position, result.message, result.fix));
    return [locale, ''] as const;
  });
  const result = Object.fromEntries(converted);
  remember(result, '', positionAt(place));
  for (const locale of Object.keys(result)) {
    remember(result, locale, positionAt(locale === '*' ? place : inside(place, locale)));
  }
  return result;
}

function asText(raw: unknown): string {
  return typeof raw === 'string' ? raw : JSON.stringify(raw);
}
