import { fileURLToPath } from 'node:url';
import type { Article } from '../../../src/generation/knowledge/article.ts';
import { loadArticles } from '../../../src/generation/knowledge/load-articles.ts';

export const knowledgeBot: string = fileURLToPath(new URL('../../fixtures/knowledge-bot', import.meta.url));

export async function fixtureArticles(): Promise<readonly Article[]> {
  const { articles } = await loadArticles(knowledgeBot, { locales: ['en', 'zh'] });
  return articles;
}
