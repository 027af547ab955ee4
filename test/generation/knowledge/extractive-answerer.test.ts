import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Article } from '../../../src/generation/knowledge/article.ts';
import { openArticleIndex } from '../../../src/generation/knowledge/article-index.ts';
import type { PassageEncoder } from '../../../src/generation/knowledge/article-index-options.ts';
import { createExtractiveAnswerer } from '../../../src/generation/knowledge/extractive-answerer.ts';
import { createBundledEncoder } from '../../../src/nlu/encoder/bundled-encoder.ts';
import { fixtureArticles } from './knowledge-fixture.ts';

describe('a question is answered word for word from the article that answers it', () => {
  test.each([
    ['en', 'how long does delivery take?', 'delivery', '3 to 5 working days'],
    ['en', 'cost of express deliveries', 'delivery', '€9.90'],
    ['en', 'Do you deliver to Norway', 'delivery', 'Norway and to Switzerland'],
    ['en', 'when do I get my money back', 'returns', 'within five working days'],
    ['en', 'how do i return a parcel', 'returns', '1. Ask us for a return label.'],
    ['en', 'how long are gift cards valid?', 'gift-cards', 'three years'],
    ['zh', '标准配送要多久', 'delivery', '3 到 5 个工作日'],
    ['zh', '运费多少', 'delivery', '4.90 欧元'],
    ['zh', '退款什么时候到账', 'returns', '五个工作日内退款'],
    ['zh', '多少天内可以退货？', 'returns', '30 天内'],
    ['zh-TW', '退款什么时候到', 'returns', '五个工作日'],
  ])('%s: %s', async (locale, question, article, part) => {
    await using index = await openArticleIndex(await fixtureArticles());
    const answer = await createExtractiveAnswerer(index).answer(question, locale);
    expect(answer?.sources[0]?.article).toBe(article);
    expect(answer?.text).toContain(part);
    expect(answer?.text).toContain(answer?.sources[0]?.quote);
  });
});

describe('what the articles do not say is not answered', () => {
  test.each([
    ['en', 'what is the capital of France'],
    ['en', 'can you write me a poem'],
    ['en', 'how long'],
    ['en', '??? 🙂'],
    ['en', ''],
    ['en', '" OR title:* NEAR(a b) --'],
    ['zh', '今天天气怎么样'],
    ['zh', '给我讲个笑话'],
    ['zh', '你好'],
  ])('%s: %s', async (locale, question) => {
    await using index = await openArticleIndex(await fixtureArticles());
    expect(await createExtractiveAnswerer(index).answer(question, locale)).toBeUndefined();
  });
});

test('only the articles asked for are quoted', async () => {
  await using index = await openArticleIndex(await fixtureArticles());
  const answerer = createExtractiveAnswerer(index);
  const question = 'how long does delivery take?';
  expect(await answerer.answer(question, 'en', { articles: ['returns'] })).toBeUndefined();
  expect((await answerer.answer(question, 'en', { articles: ['delivery'] }))?.sources[0]).toMatchObject({
    title: 'Delivery times and costs',
    url: 'https://shop.example/help/delivery',
  });
});

test('a dearer mistake makes it more silent', async () => {
  await using index = await openArticleIndex(await fixtureArticles());
  const question = 'how long does delivery take?';
  expect(await createExtractiveAnswerer(index, { wrongCost: 1e9 }).answer(question, 'en')).toBeUndefined();
});

test('a person whose language no article is in is answered in the language there is', async () => {
  const english = (await fixtureArticles()).filter(({ locale }) => locale === 'en');
  await using index = await openArticleIndex(english);
  const answer = await createExtractiveAnswerer(index).answer('gift cards valid', 'de');
  expect(answer?.locale).toBe('en');
});

test('a long section is quoted where it says what was asked', async () => {
  const filler = 'This sentence is about something else entirely. ';
  const body = `${filler.repeat(6)}Parking behind the store is free for two hours. ${filler.repeat(5)}`;
  const article = { id: 'store', file: 'knowledge/store.md', title: 'Parking at our store', locale: 'en', body };
  await using index = await openArticleIndex([article]);
  const answer = await createExtractiveAnswerer(index).answer('is parking free at the store?', 'en');
  expect(answer?.text).toContain('Parking behind the store is free for two hours.');
  expect(answer?.text.length).toBeLessThanOrEqual(420);
});

test('a search gives each article once, best first', async () => {
  await using index = await openArticleIndex(await fixtureArticles());
  const found = await index.search('delivery costs', 'en');
  expect(found[0]).toMatchObject({ article: 'delivery', title: 'Delivery times and costs', locale: 'en' });
  expect(new Set(found.map(({ article }) => article)).size).toBe(found.length);
});

test('a search that is called off rejects with its reason', async () => {
  await using index = await openArticleIndex(await fixtureArticles());
  const reason = new Error('enough');
  await expect(index.search('delivery', 'en', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test('with an encoder, a passage is found by its meaning', async () => {
  const near = new Float32Array([1, 0]);
  const far = new Float32Array([0, 1]);
  const encoder: PassageEncoder = {
    id: 'two-axes',
    encode: (texts) =>
      Promise.resolve(texts.map((text) => ({ sentence: /gift|voucher/i.test(text) ? near : far }))),
  };
  await using index = await openArticleIndex(await fixtureArticles(), { encoder });
  const [best, second] = await index.search('vouchers', 'en');
  expect(best?.article).toBe('gift-cards');
  expect(best?.score).toBeGreaterThan((second?.score ?? 0) + 0.2);
});

describe('an encoder', () => {
  test('that fails leaves the words to answer', async () => {
    const encoder: PassageEncoder = {
      id: 'failing',
      encode: (texts) =>
        texts.length === 1
          ? Promise.reject(new Error('down'))
          : Promise.resolve(texts.map(() => ({ sentence: new Float32Array([1, 0]) }))),
    };
    await using index = await openArticleIndex(await fixtureArticles(), { encoder });
    const [best] = await index.passages('how long does delivery take?', 'en');
    expect(best?.article.id).toBe('delivery');
    expect(best?.features.nearness).toBeUndefined();
  });

  test('is not asked for a search by words alone', async () => {
    let asked = 0;
    const encoder: PassageEncoder = {
      id: 'counting',
      encode: (texts) => {
        asked += 1;
        return Promise.resolve(texts.map(() => ({ sentence: new Float32Array([1, 0]) })));
      },
    };
    await using index = await openArticleIndex(await fixtureArticles(), { encoder });
    asked = 0;
    await index.search('how long does delivery take?', 'en', { meaning: false });
    expect(asked).toBe(0);
    await index.search('how long does delivery take?', 'en');
    expect(asked).toBe(1);
  });

  test('finds an article in another language when there is none in the person\'s, and theirs when there is', async () => {
    await using encoder = createBundledEncoder();
    await using index = await openArticleIndex(await fixtureArticles(), { encoder });
    const [abroad] = await index.search('礼品卡的有效期是多久', 'zh');
    const [own] = await index.search('退货以后多久能拿到钱', 'zh');
    expect(abroad).toMatchObject({ article: 'gift-cards', locale: 'en' });
    expect(own).toMatchObject({ article: 'returns', locale: 'zh' });
  });

  test('finds an article by the questions that its author gave, and never quotes them', async () => {
    await using encoder = createBundledEncoder();
    const article = (questions: readonly string[]): Article => ({
      ...{ id: 'a', file: 'knowledge/a.md', title: 'House rules', locale: 'en', questions },
      body: 'Four-legged friends on a lead are welcome.',
    });
    const question = 'is my dog allowed in?';
    await using bare = await openArticleIndex([article([])], { encoder });
    await using asked = await openArticleIndex([article(['can I bring my dog'])], { encoder });
    const [before] = await bare.passages(question, 'en');
    const [after] = await asked.passages(question, 'en');
    expect(after?.score).toBeGreaterThan(before?.score ?? 1);
    expect(after?.text).not.toContain('can I bring');
  });
});

describe('an index on disk', () => {
  const folders: string[] = [];
  const folder = async (): Promise<string> => {
    const made = await mkdtemp(join(tmpdir(), 'usher-knowledge-'));
    folders.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((made) => rm(made, { recursive: true })));
  });

  test('is used again while the articles are the same, and replaced when they are not', async () => {
    const cacheFolder = await folder();
    let embedded = 0;
    const encoder: PassageEncoder = {
      id: 'counting',
      encode: (texts) => {
        embedded += texts.length;
        return Promise.resolve(texts.map(() => ({ sentence: new Float32Array([1, 0]) })));
      },
    };
    const articles = await fixtureArticles();
    await (await openArticleIndex(articles, { cacheFolder, encoder }))[Symbol.asyncDispose]();
    const [first] = await readdir(cacheFolder);
    const embeddedOnce = embedded;
    await using again = await openArticleIndex(articles, { cacheFolder, encoder });
    expect(embedded).toBe(embeddedOnce);
    expect((await again.search('gift cards', 'en'))[0]?.article).toBe('gift-cards');
    await using _changed = await openArticleIndex(articles.slice(1), { cacheFolder, encoder });
    const files = await readdir(cacheFolder);
    expect(files).toHaveLength(1);
    expect(files[0]).not.toBe(first);
  });

  test('that is damaged is made anew', async () => {
    const cacheFolder = await folder();
    const articles = await fixtureArticles();
    await (await openArticleIndex(articles, { cacheFolder }))[Symbol.asyncDispose]();
    const [file = ''] = await readdir(cacheFolder);
    await writeFile(join(cacheFolder, file), 'half a file');
    await using index = await openArticleIndex(articles, { cacheFolder });
    expect((await index.search('gift cards', 'en'))[0]?.article).toBe('gift-cards');
  });

  test('in a place that is no folder is an error that says so', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, '');
    await expect(openArticleIndex([], { cacheFolder: join(file, 'cache') })).rejects.toMatchObject({
      code: 'KNOWLEDGE_INVALID',
    });
  });
});
