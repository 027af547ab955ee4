import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { EngineError } from '../../errors.ts';
import type { Locale } from '../../message.ts';
import type { Article } from './article.ts';
import type { ArticleIndexOptions, PassageEncoder } from './article-index-options.ts';
import { languageOf } from '../language-of.ts';
import { passagesOf } from './passage.ts';
import { encodePassages, vectorBytes } from './passage-vectors.ts';
import { indexTerms } from './search-terms.ts';

/** Part of the cache's name: a change of the schema or of the segmentation begins a new one. */
const FORMAT = 2;

const SCHEMA = `
  CREATE TABLE passages (
    id INTEGER PRIMARY KEY, language TEXT NOT NULL, article INTEGER NOT NULL, headings TEXT NOT NULL,
    text TEXT NOT NULL, whole BLOB, pooled BLOB, sentences BLOB);
  CREATE VIRTUAL TABLE terms USING fts5(
    language UNINDEXED, title, headings, body, tokenize = "porter unicode61 remove_diacritics 2");`;

/** @returns A database of the articles' passages: in memory, or one kept in `cacheFolder` under their content hash. */
export async function openPassageDatabase(
  articles: readonly Article[],
  { cacheFolder, encoder }: ArticleIndexOptions,
): Promise<Database.Database> {
  if (cacheFolder !== undefined) return openCached(cacheFolder, articles, encoder);
  const database = new Database(':memory:');
  await fill(database, articles, encoder);
  return database;
}

async function openCached(
  folder: string,
  articles: readonly Article[],
  encoder: PassageEncoder | undefined,
): Promise<Database.Database> {
  const file = join(folder, `knowledge-${contentHash(articles, encoder)}.sqlite`);
  const cached = openIntact(file);
  if (cached) return cached;
  const draft = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(folder, { recursive: true });
    rmSync(draft, { force: true });
    const database = new Database(draft);
    await fill(database, articles, encoder);
    database.close();
    // Whole or not at all: another process may be opening the same file.
    renameSync(draft, file);
    removeStale(folder, file);
    return new Database(file, { readonly: true });
  } catch (error) {
    if (existsSync(draft)) rmSync(draft);
    if (error instanceof EngineError) throw error;
    throw new EngineError('KNOWLEDGE_INVALID', `The index of the articles cannot be kept in ${folder}.`, {
      cause: error,
      fix: 'Make the folder writable and see that the disk has room.',
    });
  }
}

/** @returns `undefined` for a file that is missing or damaged. */
function openIntact(file: string): Database.Database | undefined {
  if (!existsSync(file)) return undefined;
  const database = new Database(file, { readonly: true });
  try {
    if (database.pragma('quick_check', { simple: true }) === 'ok') return database;
  } catch {
    // Not a database: made anew.
  }
  database.close();
  rmSync(file, { force: true });
  return undefined;
}

function removeStale(folder: string, current: string): void {
  for (const name of readdirSync(folder))
    if (/^knowledge-[0-9a-f]+\.sqlite$/.test(name) && join(folder, name) !== current)
      rmSync(join(folder, name), { force: true });
}

function contentHash(articles: readonly Article[], encoder: PassageEncoder | undefined): string {
  const content = JSON.stringify([FORMAT, process.versions['icu'], encoder?.id ?? null, articles]);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

async function fill(
  database: Database.Database,
  articles: readonly Article[],
  encoder: PassageEncoder | undefined,
): Promise<void> {
  database.exec(SCHEMA);
  const passages = articles.flatMap((article, place) =>
    passagesOf(article).map((passage) => ({ ...passage, place })),
  );
  const meanings = encoder && (await encodePassages(passages, encoder));
  const addPassage = database.prepare('INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const addTerms = database.prepare(
    'INSERT INTO terms (rowid, language, title, headings, body) VALUES (?, ?, ?, ?, ?)',
  );
  const segmented = (text: string, locale: Locale): string => indexTerms(text, locale).join(' ');
  database.transaction(() => {
    for (const [index, { article, headings, text, place }] of passages.entries()) {
      const language = languageOf(article.locale);
      const meaning = meanings?.[index];
      addPassage.run(
        ...[index, language, place, JSON.stringify(headings), text],
        meaning ? vectorBytes(meaning.whole) : null,
        meaning?.pooled ? vectorBytes(meaning.pooled) : null,
        meaning ? vectorBytes(...meaning.sentences) : null,
      );
      addTerms.run(
        index,
        language,
        segmented(article.title, language),
        segmented(headings.join('\n'), language),
        segmented(text, language),
      );
    }
  })();
}

