import type Database from 'better-sqlite3';
import { EngineError } from '../../errors.ts';
import type { Article } from './article.ts';
import type { ArticleIndexOptions, Meaning } from './article-index-options.ts';
import {
  compareWith,
  plainProducts,
  unrelatedNearness,
  type Nearness,
  type PassageMeaning,
  type UnrelatedNearness,
} from './nearness.ts';
import { readVector, readVectors } from './passage-vectors.ts';

export interface StoredPassage {
  readonly article: Article;
  readonly headings: readonly string[];
  readonly text: string;
}

/** `titles` = in the article's title or the passage's headings; `passage` = in its headings or its text. */
export type TermPlace = 'anywhere' | 'titles' | 'passage';

/** Passages in SQLite: an FTS5 table over segmented text, and their vectors. */
export interface PassageStore {
  readonly passages: readonly StoredPassage[];
  /** Places in `passages` of an article's passages, in all its languages, by the article's id. */
  readonly placesOf: ReadonlyMap<string, readonly number[]>;
  /** Absent in an index without an encoder. */
  readonly compare?: ((question: Meaning) => Nearness) | undefined;
  readonly unrelated: UnrelatedNearness;
  /** Inverse document frequency: how much a term says. */
  weightOf(term: string): number;
  /** Places of the passages that have the term. */
  having(term: string, where: TermPlace): ReadonlySet<number>;
  close(): void;
}

const columnsOf: Readonly<Record<TermPlace, string>> = {
  anywhere: '',
  titles: '{title headings} : ',
  passage: '{headings body} : ',
};

const MOST_TERMS_KEPT = 5_000;

interface PassageRow {
  readonly article: number;
  readonly headings: string;
  readonly text: string;
  readonly whole: Buffer | null;
  readonly pooled: Buffer | null;
  readonly sentences: Buffer | null;
}

export function readPassages(
  database: Database.Database,
  articles: readonly Article[],
  { productsOf = plainProducts }: ArticleIndexOptions,
): PassageStore {
  const rows = database.prepare<[], PassageRow>('SELECT * FROM passages ORDER BY id').all();
  const passages = rows.map((row) => readPassage(row, articles));
  const placesOf = new Map<string, number[]>();
  for (const [place, { article }] of passages.entries())
    placesOf.set(article.id, [...(placesOf.get(article.id) ?? []), place]);
  const having = termLookup(database);
  const meanings = rows.flatMap((row) => readMeaning(row) ?? []);
  return {
    passages,
    placesOf,
    compare: meanings.length > 0 ? compareWith(meanings, productsOf) : undefined,
    unrelated: unrelatedNearness(
      meanings.map(({ whole }, place) => ({ article: passages[place]?.article.id ?? '', whole })),
      productsOf,
    ),
    weightOf: (term) => {
      const { size } = having(term, 'anywhere');
      return Math.log(1 + (passages.length - size + 0.5) / (size + 0.5));
    },
    having,
    close: () => database.close(),
  };
}

/** Customers' words repeat: what was looked up is kept, up to a bound. */
function termLookup(database: Database.Database): PassageStore['having'] {
  const found = new Map<string, ReadonlySet<number>>();
  const query = database.prepare<[string], number>('SELECT rowid FROM terms WHERE terms MATCH ?').pluck();
  return (term, where) => {
    const expression = columnsOf[where] + quoted(term);
    const known = found.get(expression);
    if (known) return known;
    const places = new Set(query.all(expression));
    if (found.size >= MOST_TERMS_KEPT) found.clear();
    found.set(expression, places);
    return places;
  };
}

function readPassage(row: PassageRow, articles: readonly Article[]): StoredPassage {
  const article = articles[row.article];
  if (!article) throw new EngineError('INTERNAL', `There is no article ${row.article}.`);
  const headings = JSON.parse(row.headings) as readonly string[];
  return { article, headings, text: row.text };
}

function readMeaning({ whole: bytes, pooled, sentences }: PassageRow): PassageMeaning | undefined {
  if (!bytes) return undefined;
  const whole = readVector(bytes);
  return {
    whole,
    pooled: pooled ? readVector(pooled) : undefined,
    sentences: readVectors(sentences, whole.length),
  };
}

/** As a phrase, FTS5 reads nothing in it as an operator. */
function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}
