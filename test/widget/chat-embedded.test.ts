import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listen, type Listening } from '../../src/server/listen.ts';
import { operatorToken, serveSmallBot, type ServedSmallBot } from '../server/served-bot.ts';
import { browserPath, launchBrowser } from './browser.ts';
import { buildTestWidget, type TestWidget } from './build-test-widget.ts';
import { serveShopPage, type ShopPage } from './shop-site.ts';
import { createSlowWriter } from './slow-writer.ts';

// The chat on the pages of a shop that has its own style, its own buttons and more than one page.

const embedding = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(browserPath === undefined)('the chat on the pages of a shop', () => {
  const writer = createSlowWriter();
  let widget: TestWidget;
  let browser: Browser;
  let shop: ShopPage;
  let server: ServedSmallBot;
  let listening: Listening;
  beforeAll(async () => {
    [widget, browser, shop] = await Promise.all([buildTestWidget(), launchBrowser(), serveShopPage()]);
  });
  afterAll(async () => {
    await browser.close();
    shop[Symbol.dispose]();
    widget[Symbol.dispose]();
  });
  beforeEach(async () => {
    const allowedOrigins = [new URL(shop.url).origin];
    server = await serveSmallBot({ widgetFolder: widget.folder, ports: { writer }, allowedOrigins });
    listening = await listen(server.handler, { port: 0, host: '127.0.0.1', drainMs: 100 });
  });
  afterEach(async () => {
    await listening[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const script = (): string => `<script type="module" src="${listening.url}/usher-chat.js"></script>`;
  const open = async (html: string, options: BrowserContextOptions = {}): Promise<Page> => {
    shop.html = `${script()}${html}`;
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(shop.url);
    return page;
  };
  const say = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('textbox').press('Enter');
  };
  const launcher = (page: Page): Locator => page.getByRole('button', { name: /Open the chat/ });
  const fires = async (): Promise<void> => {
    server.bot.clock.ms += 2_000;
    await server.bot.engine.runDue();
  };
  const faults = async (page: Page): Promise<readonly string[]> => {
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] })',
    );
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

  test('costs nothing until it is opened, by a button of the shop as the page on embedding shows', async () => {
    const [, example] = [...embedding.matchAll(/```html\n([\s\S]*?)```/g)].map(([, html]) => html);
    const page = await open(`<usher-chat></usher-chat>${example ?? ''}`);
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    await launcher(page).waitFor();
    expect(await server.bot.store.conversations()).toEqual([]);
    await page.getByRole('button', { name: 'Ask us' }).click();
    await page.getByText('Hello.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Close the chat' }).click();
    await page.getByRole('textbox').waitFor({ state: 'detached' });
    expect(told).toEqual(['The chat is open', 'The chat is closed']);
    expect(await server.bot.store.conversations()).toHaveLength(1);
    await page.context().close();
  });

  test('goes on from page to page, open or closed as it was left, and counts only what was not seen', async () => {
    const page = await open('<usher-chat></usher-chat>');
    await launcher(page).click();
    await say(page, 'nudge');
    await page.getByText('Take your time.').waitFor();
    await page.goto(new URL('/another', shop.url).href);
    await page.getByText('Take your time.').waitFor();
    expect(await page.locator('usher-chat').getAttribute('open')).toBe('');
    await page.getByRole('button', { name: 'Close the chat' }).click();
    await page.goto(new URL('/third', shop.url).href);
    await launcher(page).waitFor();
    await expect
      .poll(async () => (await server.ask('GET', '/metrics', { token: operatorToken })).text)
      .toContain('usher_open_streams 1\n');
    expect(await page.locator('.badge').count()).toBe(0);
    await fires();
    await page.getByRole('button', { name: 'Open the chat, 1 new message' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Open the chat, 1 new message' }).click();
    await page.getByText('Are you still there?').waitFor();
    await page.context().close();
  });

  test('holds no connection while the page is not in view', async () => {
    const page = await open('<usher-chat open></usher-chat>');
    const streams = async (): Promise<string | undefined> =>
      /usher_open_streams (\d+)/.exec(
        (await server.ask('GET', '/metrics', { token: operatorToken })).text,
      )?.[1];
    const show = (isHidden: boolean): Promise<unknown> =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} });
         document.dispatchEvent(new Event('visibilitychange'))`,
      );
    await say(page, 'nudge');
    await page.getByText('Take your time.').waitFor();
    await expect.poll(streams).toBe('1');
    await show(true);
    await expect.poll(streams).toBe('0');
    await fires();
    await show(false);
    await page.getByText('Are you still there?').waitFor();
    await page.context().close();
  });

  test('looks the same on a page that has a style of its own', async () => {
    const style =
      'letter-spacing: 9px; text-transform: uppercase; text-align: center; line-height: 4; word-spacing: 2em';
    const look = async (page: Page): Promise<unknown> => {
      await page.getByText('Hello.', { exact: true }).waitFor();
      return page.evaluate(
        `(() => {
          const bubble = document.querySelector('usher-chat').shadowRoot.querySelector('.bubble');
          const { letterSpacing, textTransform, textAlign, lineHeight, wordSpacing, width, font } = getComputedStyle(bubble);
          return { letterSpacing, textTransform, textAlign, lineHeight, wordSpacing, width, font };
        })()`,
      );
    };
    const plain = await open('<usher-chat open></usher-chat>');
    const styled = await open(`<div style="${style}"><usher-chat open></usher-chat></div>`);
    expect(await look(styled)).toEqual(await look(plain));
    await plain.context().close();
    await styled.context().close();
  });

  test.each([
    ['light', 'dark', 'rgb(255, 255, 255)', 'light'],
    ['dark', 'light', 'rgb(22, 25, 31)', 'dark'],
  ] as const)(
    'is %s on a page that says so, whatever the system prefers',
    async (theme, colorScheme, colour, scheme) => {
      const page = await open(`<usher-chat open theme="${theme}"></usher-chat>`, { colorScheme });
      await page.getByText('Hello.', { exact: true }).waitFor();
      const seen = await page.evaluate(
        `(() => {
        const style = getComputedStyle(document.querySelector('usher-chat').shadowRoot.querySelector('.panel'));
        return [style.backgroundColor, style.colorScheme];
      })()`,
      );
      expect(seen).toEqual([colour, scheme]);
      await page.context().close();
    },
  );

  test.each([
    ['the language of the page', 'zh-CN', ''],
    ['the language that it is given, in whatever spelling', 'en', 'locale="zh_CN"'],
  ])('speaks %s', async (_, lang, attributes) => {
    const page = await open(
      `<script>document.documentElement.lang = '${lang}'</script><usher-chat open ${attributes}></usher-chat>`,
    );
    await page.getByPlaceholder('请输入消息').waitFor();
    await page.getByText('Hello.', { exact: true }).waitFor();
    const id = (await server.bot.store.conversations())[0]?.id ?? '';
    expect(await server.bot.store.state(id)).toMatchObject({ locale: 'zh' });
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: '保存对话' }).click();
    expect((await saved).suggestedFilename()).toBe('conversation.txt');
    await page.context().close();
  });

  test('leaves the keys to an input method that composes', async () => {
    const page = await open('<usher-chat open></usher-chat>');
    await page.getByText('Hello.', { exact: true }).waitFor();
    await page.getByRole('textbox').fill('ni hao');
    const press = (init: string): Promise<unknown> =>
      page.evaluate(
        `document.querySelector('usher-chat').shadowRoot.querySelector('textarea')
           .dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ${init} }))`,
      );
    // While it composes; and as Safari tells of the key that ends it.
    for (const key of ['Enter', 'Escape'])
      for (const how of ['isComposing: true', 'keyCode: 229']) await press(`key: '${key}', ${how}`);
    expect(await page.getByRole('textbox').inputValue()).toBe('ni hao');
    expect(await page.locator('.message.user').count()).toBe(0);
    await press("key: 'Enter'");
    await page.getByText('You said ni hao.').waitFor();
    await page.context().close();
  });

  test('keeps the buttons of a question that the bot adds something to', async () => {
    const page = await open('<usher-chat open></usher-chat>');
    await say(page, 'nudge');
    await page.getByText('Take your time.').waitFor();
    await say(page, 'ask why');
    await page.getByText('Let me see.').waitFor();
    writer.finish();
    await page.getByRole('button', { name: 'Take it' }).waitFor();
    await fires();
    await page.getByText('Are you still there?').waitFor();
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByText('I cannot see payloads.').waitFor();
    expect(await page.getByRole('button', { name: 'Take it' }).count()).toBe(0);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'axe finds no fault in any state of it, in %s',
    async (colorScheme) => {
      const page = await open('<main><h1>Shop</h1></main><usher-chat></usher-chat>', {
        colorScheme,
        reducedMotion: 'reduce',
        viewport: { width: 800, height: 520 },
      });
      const seen: Record<string, readonly string[]> = {};
      const look = async (state: string): Promise<void> => {
        seen[state] = await faults(page);
      };
      await launcher(page).click();
      await say(page, 'nudge');
      await page.getByText('Take your time.').waitFor();
      await say(page, 'ask why');
      await page.getByText('Let me see.').waitFor();
      await look('being written');
      writer.finish();
      await page.getByRole('button', { name: 'Take it' }).waitFor();
      await look('a card with links and buttons');
      await say(page, 'x'.repeat(4_001));
      await page.getByText(/it is too long/).waitFor();
      await look('too long');
      await page.evaluate(
        "document.querySelector('usher-chat').shadowRoot.querySelector('.log').scrollTo(0, 0)",
      );
      await page.keyboard.press('Escape');
      await fires();
      await page.getByRole('button', { name: /1 new message/ }).waitFor();
      await look('closed, with something new');
      await launcher(page).click();
      await page.context().setOffline(true);
      await say(page, 'where are you');
      await page.getByText(/No connection/).waitFor();
      // What waits for long looks so.
      await page.waitForFunction(
        `document.querySelector('usher-chat').shadowRoot.querySelector('.sending .bubble')
         .getAnimations().every(({ playState }) => playState === 'finished')`,
      );
      await look('offline, a message waiting');
      await page.context().setOffline(false);
      await page.getByText('You said where are you.').waitFor();
      await server.bot.engine.forget((await server.bot.store.conversations())[0]?.id ?? '');
      await page.getByText('This conversation is over.').waitFor();
      await look('over');
      expect(seen).toEqual(Object.fromEntries(Object.keys(seen).map((state) => [state, []])));
      await page.context().close();
    },
  );
});
