import type Database from 'better-sqlite3';
import { EngineError } from '../../errors.ts';
import type { Locale } from '../../message.ts';
import type { Article } from './article.ts';
import { languageOf } from '../language-of.ts';

export interface StoredPassage {
  readonly article: Article;
  readonly headings: readonly string[];
  readonly text: string;
}

/** Passages in SQLite: an FTS5 table over segmented text, and their vectors. */
export interface PassageStore {
  /** The language to search in for a person's locale: theirs if there are articles in it, else the first there is. */
  languageFor(locale: Locale): string | undefined;
  /** Inverse document frequency: how much a term says. */
  weightOf(term: string, language: string): number;
  /** Ids of the passages that have the term; `title` = in the title or the headings. */
  having(term: string, language: string, where: 'anywhere' | 'title'): ReadonlySet<number>;
  /** Ids of the passages that have any of the terms, best by BM25 first. */
  matching(terms: readonly string[], language: string, limit: number): readonly number[];
  cosines(vector: Float32Array, language: string): ReadonlyMap<number, number>;
  passage(id: number): StoredPassage;
  close(): void;
}

/** BM25 weights of the columns: language, title, headings, body. */
const WEIGHTS = '0.0, 3.0, 2.0, 1.0';

const MOST_TERMS_KEPT = 5_000;

interface PassageRow {
  readonly id: number;
  readonly language: string;
  readonly article: number;
  readonly headings: string;
  readonly text: string;
  readonly vector: Buffer | null;
}

export function readPassages(database: Database.Database, articles: readonly Article[]): PassageStore {
  const rows = database.prepare<[], PassageRow>('SELECT * FROM passages ORDER BY id').all();
  const passages = rows.map((row) => readPassage(row, articles));
  const counts = new Map<string, number>();
  for (const { language } of rows) counts.set(language, (counts.get(language) ?? 0) + 1);
  const match = database
    .prepare<[string, string, number], number>(
      `SELECT rowid FROM terms WHERE terms MATCH ? AND language = ? ORDER BY bm25(terms, ${WEIGHTS}), rowid LIMIT ?`,
    )
    .pluck();
  const having = termLookup(database);
  return {
    languageFor: (locale) => {
      const language = languageOf(locale);
      return counts.has(language) ? language : rows[0]?.language;
    },
    weightOf: (term, language) => {
      const { size } = having(term, language, 'anywhere');
      return Math.log(1 + ((counts.get(language) ?? 0) - size + 0.5) / (size + 0.5));
    },
    having,
    matching: (terms, language, limit) =>
      terms.length === 0 ? [] : match.all(terms.map(quoted).join(' OR '), language, limit),
    cosines: (vector, language) =>
      new Map(
        passages.flatMap(({ row, stored }) =>
          stored && row.language === language ? [[row.id, dot(vector, stored)] as const] : [],
        ),
      ),
    passage: (id) => {
      const found = passages[id];
      if (!found) throw new EngineError('INTERNAL', `There is no passage ${id}.`);
      return found.passage;
    },
    close: () => database.close(),
  };
}

/** Customers' words repeat: what was looked up is kept, up to a bound. */
function termLookup(database: Database.Database): PassageStore['having'] {
  const found = new Map<string, ReadonlySet<number>>();
  const query = database
    .prepare<[string, string], number>('SELECT rowid FROM terms WHERE terms MATCH ? AND language = ?')
    .pluck();
  return (term, language, where) => {
    const expression = (where === 'title' ? '{title headings} : ' : '') + quoted(term);
    const key = `${language} ${expression}`;
    const known = found.get(key);
    if (known) return known;
    const ids = new Set(query.all(expression, language));
    if (found.size >= MOST_TERMS_KEPT) found.clear();
    found.set(key, ids);
    return ids;
  };
}

function readPassage(
  row: PassageRow,
  articles: readonly Article[],
): { row: PassageRow; passage: StoredPassage; stored: Float32Array | undefined } {
  const article = articles[row.article];
  if (!article) throw new EngineError('INTERNAL', `There is no article ${row.article}.`);
  const headings = JSON.parse(row.headings) as readonly string[];
  const stored = row.vector ? new Float32Array(Uint8Array.from(row.vector).buffer) : undefined;
  return { row, passage: { article, headings, text: row.text }, stored };
}

/** As a phrase, FTS5 reads nothing in it as an operator. */
function quoted(term: string): string {
  return `"${term.replaceAll('"', '""')}"`;
}

/** Four sums beside each other: one alone waits for itself at every step. */
function dot(left: Float32Array, right: Float32Array): number {
  const even = left.length - (left.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < even; at += 4) {
    a += (left[at] ?? 0) * (right[at] ?? 0);
    b += (left[at + 1] ?? 0) * (right[at + 1] ?? 0);
    c += (left[at + 2] ?? 0) * (right[at + 2] ?? 0);
    d += (left[at + 3] ?? 0) * (right[at + 3] ?? 0);
  }
  for (let at = even; at < left.length; at += 1) a += (left[at] ?? 0) * (right[at] ?? 0);
  return a + b + c + d;
}
