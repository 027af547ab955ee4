import { RE2JS } from 're2js';
import { EngineError } from '../../../errors.ts';
import type { Locale } from '../../../message.ts';
import type { EntityPattern } from '../../training-example.ts';

export interface PatternHit {
  readonly entity: string;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

export type PatternMatcher = (text: string, locale: Locale) => readonly PatternHit[];

interface Compiled {
  readonly entity: string;
  readonly locale: Locale | undefined;
  readonly loose: RE2JS;
  readonly exact: RE2JS;
}

/**
 * Finds what authors described by regular expressions, at word boundaries, in either case.
 *
 * @throws EngineError `TRAINING_DATA_INVALID` when a pattern is not RE2.
 */
export function createPatternMatcher(patterns: readonly EntityPattern[]): PatternMatcher {
  if (patterns.length === 0) return () => [];
  const compiled = patterns.map(compile);
  return (text, locale) =>
    compiled
      .filter((pattern) => pattern.locale === undefined || pattern.locale === locale)
      .flatMap((pattern) => findAll(pattern, text));
}

function compile({ entity, pattern, locale }: EntityPattern): Compiled {
  const body = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  try {
    return { entity, locale, loose: RE2JS.compile(body, RE2JS.CASE_INSENSITIVE), exact: RE2JS.compile(body) };
  } catch (cause) {
    throw new EngineError(
      'TRAINING_DATA_INVALID',
      `The pattern of entity "${entity}" is no regular expression: ${pattern}`,
      {
        cause,
        fix: 'Write it in RE2 syntax: no look-around, no back-references.',
      },
    );
  }
}

function findAll({ entity, loose, exact }: Compiled, text: string): readonly PatternHit[] {
  const hits: PatternHit[] = [];
  const matcher = loose.matcher(text);
  for (let from = 0; from < text.length && matcher.find();) {
    const start = matcher.start();
    const end = matcher.end();
    if (end === start || !isWhole(text, start, end)) {
      from = end + 1;
      continue;
    }
    const written = text.slice(start, end);
    hits.push({
      entity,
      start,
      end,
      value: exact.matches(written) ? written : upperIfMatching(exact, written),
    });
    from = end;
  }
  return hits;
}

function upperIfMatching(exact: RE2JS, written: string): string {
  const upper = written.toUpperCase();
  return exact.matches(upper) ? upper : written;
}

const asciiWord = /[A-Za-z0-9]/;

function isWhole(text: string, start: number, end: number): boolean {
  const cutsStart = asciiWord.test(text.charAt(start)) && asciiWord.test(text.charAt(start - 1));
  const cutsEnd = asciiWord.test(text.charAt(end - 1)) && asciiWord.test(text.charAt(end));
  return !cutsStart && !cutsEnd;
}
