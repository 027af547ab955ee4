import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError, type Diagnostic } from '../../errors.ts';
import type { Locale } from '../../message.ts';
import type { Article } from './article.ts';
import { parseArticle } from './parse-article.ts';

export interface LoadedArticles {
  /** In path order; those that have an error are left out. */
  readonly articles: readonly Article[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads every `knowledge/**\/*.md` of a bot; a bot without the folder has no articles.
 *
 * @param botFolder - The bot's folder, not `knowledge/` itself.
 * @param options.locales - The bot's; an article in none of them is an error.
 * @throws EngineError `KNOWLEDGE_INVALID` for a file that cannot be read.
 */
export async function loadArticles(
  botFolder: string,
  options: { readonly locales: readonly [Locale, ...Locale[]] | readonly Locale[] },
): Promise<LoadedArticles> {
  const articles: Article[] = [];
  const diagnostics: Diagnostic[] = [];
  const seen = new Map<string, string>();
  for (const file of await markdownFiles(botFolder)) {
    const parsed = parseArticle(file, await readText(botFolder, file), options.locales);
    diagnostics.push(...parsed.diagnostics);
    if (!parsed.article) continue;
    const key = `${parsed.article.locale} ${parsed.article.id}`;
    const twin = seen.get(key);
    if (twin !== undefined) diagnostics.push(duplicate(file, twin, parsed.article));
    else articles.push(parsed.article);
    seen.set(key, file);
  }
  return { articles, diagnostics };
}

async function markdownFiles(botFolder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(join(botFolder, 'knowledge'), { recursive: true });
    return entries
      .map((entry) => `knowledge/${entry.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.md') && !/\/[._]/.test(file))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw unreadable('knowledge', error);
  }
}

async function readText(botFolder: string, file: string): Promise<string> {
  try {
    return await readFile(join(botFolder, file), 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unreadable(file: string, cause: unknown): EngineError {
  return new EngineError('KNOWLEDGE_INVALID', `${file} cannot be read.`, {
    cause,
    fix: 'Make the file readable, or remove it.',
  });
}

function duplicate(file: string, twin: string, { id, locale }: Article): Diagnostic {
  return {
    severity: 'error',
    rule: 'article-duplicate',
    message: `The article '${id}' in ${locale} is also in ${twin}.`,
    fix: 'Rename or remove one of the two files.',
    position: { file, line: 1, column: 1 },
  };
}
