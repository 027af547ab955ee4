import type { Article } from './article.ts';
import { plainBlocks } from './plain-text.ts';

/** A piece of an article that can be an answer by itself. */
export interface Passage {
  readonly article: Article;
  /** The headings it stands under, outermost first, without the article's title; may be empty. */
  readonly headings: readonly string[];
  /** Plain text; lists and paragraphs on lines of their own. */
  readonly text: string;
}

/** UTF-16 code units; a longer section is cut between its paragraphs. */
const LONGEST_PASSAGE = 700;

/** Cuts an article into passages: one for each section, or several for a long one. */
export function passagesOf(article: Article): readonly Passage[] {
  const passages: Passage[] = [];
  let headings: readonly { readonly level: number; readonly text: string }[] = [];
  let texts: string[] = [];
  const close = (): void => {
    if (texts.length > 0)
      passages.push({ article, headings: headings.map(({ text }) => text), text: texts.join('\n') });
    texts = [];
  };
  for (const block of plainBlocks(article.body)) {
    if (block.kind === 'heading') {
      close();
      headings = [...headings.filter(({ level }) => level < block.level), block];
      continue;
    }
    const isLead = texts.join('\n').endsWith(':') || texts.join('\n').endsWith('：');
    if (!isLead && texts.join('\n').length + block.text.length > LONGEST_PASSAGE) close();
    texts.push(block.text);
  }
  close();
  return passages;
}
