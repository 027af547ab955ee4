import { z } from 'zod';
import type { Diagnostic, Position } from '../../errors.ts';
import type { Locale } from '../../message.ts';
import { readYaml, type YamlSource } from '../../yaml-source.ts';
import type { Article } from './article.ts';

const frontMatterSchema = z.strictObject({
  title: z.string().trim().min(1).optional(),
  locale: z.string().trim().min(1).optional(),
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .or(z.string().regex(/^\/(?!\/)/, 'must be an http or https address, or start with /'))
    .optional(),
  questions: z.array(z.string().trim().min(1).max(300)).max(30).optional(),
});

type FrontMatter = z.output<typeof frontMatterSchema>;

export interface ParsedArticle {
  /** Absent when there is an error. */
  readonly article?: Article | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one article: optional YAML front matter (`title`, `locale`, `url`, `questions`), then Markdown.
 *
 * Without them, the title is the first `# heading`, and the locale is the folder's (`knowledge/zh/…`) or the bot's first.
 */
export function parseArticle(file: string, text: string, locales: readonly Locale[]): ParsedArticle {
  const { header, body, bodyLine } = splitFrontMatter(text.replace(/^\uFEFF/, ''));
  const { matter, diagnostics } = readFrontMatter(file, header);
  const place = localeFolder(file, locales);
  const heading = /^#[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(body);
  const title = matter.title ?? heading?.[1];
  const content = (heading ? body.replace(heading[0], '') : body).trim();
  const locale = matter.locale ?? place.locale ?? locales[0] ?? 'en';
  const report = (rule: string, message: string, fix: string, line: number): void => {
    diagnostics.push({ severity: 'error', rule, message, fix, position: { file, line, column: 1 } });
  };
  if (title === undefined)
    report(
      'article-title',
      'The article has no title.',
      'Begin it with a `# heading`, or give `title:` in its front matter.',
      bodyLine,
    );
  if (content === '')
    report('article-empty', 'The article says nothing.', 'Write it, or remove the file.', bodyLine);
  if (!locales.includes(locale))
    report(
      'article-locale',
      `The article's locale '${locale}' is not one of the bot's (${locales.join(', ')}).`,
      'Correct it, or add it to `locales` in usher.yml.',
      1,
    );
  if (title === undefined || diagnostics.length > 0) return { diagnostics };
  const { url, questions } = matter;
  return { article: { id: place.id, file, title, locale, url, questions, body: content }, diagnostics };
}

/** `knowledge/zh/returns.md` → `returns` in `zh`; `knowledge/returns.md` → `returns`. */
function localeFolder(
  file: string,
  locales: readonly Locale[],
): { readonly id: string; readonly locale?: Locale } {
  const id = file.replace(/^knowledge\//, '').replace(/\.md$/, '');
  const [folder = '', ...rest] = id.split('/');
  return locales.includes(folder) && rest.length > 0 ? { id: rest.join('/'), locale: folder } : { id };
}

function splitFrontMatter(text: string): { header: string; body: string; bodyLine: number } {
  const match = /^---[ \t]*\r?\n([\s\S]*?)(?:\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!match) return { header: '', body: text, bodyLine: 1 };
  return {
    header: match[1] ?? '',
    body: text.slice(match[0].length),
    bodyLine: match[0].split('\n').length,
  };
}

function readFrontMatter(
  file: string,
  header: string,
): { readonly matter: FrontMatter; readonly diagnostics: Diagnostic[] } {
  // The header begins on the file's second line: an empty one in front keeps its places right.
  const source = readYaml(file, `\n${header}`);
  if (source.diagnostics.length > 0) return { matter: {}, diagnostics: [...source.diagnostics] };
  const parsed = frontMatterSchema.safeParse(source.value ?? {});
  if (parsed.success) return { matter: parsed.data, diagnostics: [] };
  return { matter: {}, diagnostics: parsed.error.issues.map((issue) => diagnose(issue, source)) };
}

function diagnose(issue: z.core.$ZodIssue, source: YamlSource): Diagnostic {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const position: Position =
    issue.code === 'unrecognized_keys'
      ? source.keyPositionOf([...path, issue.keys[0] ?? ''])
      : source.positionOf(path);
  const what =
    issue.code === 'unrecognized_keys'
      ? `The front matter has no key '${issue.keys.join("', '")}'.`
      : `'${path.join('.')}' ${issue.message}.`;
  return {
    severity: 'error',
    rule: 'article-front-matter',
    message: what,
    fix: 'Front matter has `title`, `locale`, `url` and `questions`.',
    position,
  };
}
