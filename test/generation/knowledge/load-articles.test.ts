import { describe, expect, test } from 'vitest';
import { loadArticles } from '../../../src/generation/knowledge/load-articles.ts';
import { parseArticle } from '../../../src/generation/knowledge/parse-article.ts';
import { knowledgeBot } from './knowledge-fixture.ts';

test('every article of a bot is read, with its locale from its folder', async () => {
  const { articles, diagnostics } = await loadArticles(knowledgeBot, { locales: ['en', 'zh'] });
  expect(diagnostics).toEqual([]);
  expect(articles.map(({ id, locale, title }) => [id, locale, title])).toEqual([
    ['delivery', 'en', 'Delivery times and costs'],
    ['gift-cards', 'en', 'Gift cards'],
    ['returns', 'en', 'Returning something'],
    ['delivery', 'zh', '配送时间与运费'],
    ['returns', 'zh', '退货'],
  ]);
});

test('a bot without the folder has no articles', async () => {
  const loaded = await loadArticles('/nowhere/at/all', { locales: ['en'] });
  expect(loaded).toEqual({ articles: [], diagnostics: [] });
});

describe('front matter', () => {
  const parse = (text: string, file = 'knowledge/a/b.md') => parseArticle(file, text, ['en', 'zh']);

  test('gives title, locale and address; Windows line ends and a byte order mark do no harm', () => {
    const text = '\uFEFF---\r\ntitle: Opening hours\r\nlocale: zh\r\nurl: https://a.example/x\r\n---\r\nAlways.\r\n';
    expect(parse(text)).toEqual({
      article: {
        id: 'a/b',
        file: 'knowledge/a/b.md',
        title: 'Opening hours',
        locale: 'zh',
        url: 'https://a.example/x',
        body: 'Always.',
      },
      diagnostics: [],
    });
  });

  test('that is missing leaves the title to the heading and the locale to the bot', () => {
    expect(parse('# Hours #\n\nAlways.').article).toMatchObject({ title: 'Hours', locale: 'en', body: 'Always.' });
  });

  test.each([
    ['no title', 'Just text.', 'article-title', 1],
    ['no text', '---\ntitle: Hours\n---\n\n', 'article-empty', 4],
    ['a locale the bot lacks', '---\ntitle: Hours\nlocale: fr\n---\nText', 'article-locale', 1],
    ['an unknown key', '---\ntitle: Hours\nauthor: me\n---\nText', 'article-front-matter', 3],
    ['an address that runs code', '---\ntitle: T\nurl: "javascript:alert(1)"\n---\nText', 'article-front-matter', 3],
    ['an address of another site in disguise', '---\ntitle: T\nurl: //evil.example\n---\nText', 'article-front-matter', 3],
    ['broken YAML', '---\ntitle: "Hours\n---\nText', 'yaml-syntax', 2],
  ])('%s is an error with its place', (_, text, rule, line) => {
    const { article, diagnostics } = parse(text);
    expect(article).toBeUndefined();
    expect(diagnostics[0]).toMatchObject({ severity: 'error', rule, position: { file: 'knowledge/a/b.md', line } });
  });
});
