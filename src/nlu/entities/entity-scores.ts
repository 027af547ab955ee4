import type { Entity } from '../recognizer.ts';
import type { AnnotatedEntity } from '../training-example.ts';

export interface TypeScore {
  /** `name` or `name/role`. */
  readonly entity: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How often it is annotated. */
  readonly support: number;
}

export interface EntityScores {
  /** Exact span and type. */
  readonly microF1: number;
  readonly precision: number;
  readonly recall: number;
  /** Same type, and spans that share text. */
  readonly overlapF1: number;
  /** By exact span; in order of name. */
  readonly perType: readonly TypeScore[];
}

interface Span {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Scores found entities against annotated ones, line by line.
 *
 * What is found of a type that is annotated nowhere counts neither for nor against.
 */
export function scoreEntities(
  annotated: readonly (readonly AnnotatedEntity[])[],
  found: readonly (readonly Entity[])[],
): EntityScores {
  const gold = annotated.map((line) => line.map(toSpan));
  const types = new Set(gold.flatMap((line) => line.map(({ key }) => key)));
  const guesses = gold.map((_, i) => (found[i] ?? []).map(toSpan).filter(({ key }) => types.has(key)));
  const perType = [...types].sort().map((entity) => scoreType(entity, gold, guesses));
  const exact = count(gold, guesses, isSame);
  const overlap = count(gold, guesses, overlaps);
  return {
    microF1: exact.f1,
    precision: exact.precision,
    recall: exact.recall,
    overlapF1: overlap.f1,
    perType,
  };
}

function toSpan({ entity, role, start, end }: AnnotatedEntity | Entity): Span {
  return { key: role === undefined ? entity : `${entity}/${role}`, start, end };
}

function isSame(a: Span, b: Span): boolean {
  return a.key === b.key && a.start === b.start && a.end === b.end;
}

function overlaps(a: Span, b: Span): boolean {
  return a.key === b.key && a.start < b.end && b.start < a.end;
}

function scoreType(
  entity: string,
  gold: readonly (readonly Span[])[],
  guesses: readonly (readonly Span[])[],
): TypeScore {
  const ofType = (line: readonly Span[]): readonly Span[] => line.filter(({ key }) => key === entity);
  const { precision, recall, f1 } = count(gold.map(ofType), guesses.map(ofType), isSame);
  const support = gold.reduce((sum, line) => sum + ofType(line).length, 0);
  return { entity, precision, recall, f1, support };
}

/** Each annotated span is matched by at most one found span, and the other way round. */
function count(
  gold: readonly (readonly Span[])[],
  guesses: readonly (readonly Span[])[],
  matches: (a: Span, b: Span) => boolean,
): { readonly precision: number; readonly recall: number; readonly f1: number } {
  let hits = 0;
  let goldCount = 0;
  let guessCount = 0;
  for (let i = 0; i < gold.length; i++) {
    const free = [...(guesses[i] ?? [])];
    goldCount += gold[i]?.length ?? 0;
    guessCount += free.length;
    for (const span of gold[i] ?? []) {
      const at = free.findIndex((guess) => matches(span, guess));
      if (at < 0) continue;
      hits++;
      free.splice(at, 1);
    }
  }
  return {
    precision: ratio(hits, guessCount),
    recall: ratio(hits, goldCount),
    f1: ratio(2 * hits, goldCount + guessCount),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
