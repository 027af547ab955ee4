import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, type Listening } from '../../src/server/listen.ts';
import { serveSmallBot, type ServedSmallBot } from '../server/served-bot.ts';
import { browserPath, launchBrowser } from './browser.ts';
import { buildTestWidget, type TestWidget } from './build-test-widget.ts';
import { tokenOf } from './open-page.ts';
import { serveShopPage, type ShopPage } from './shop-site.ts';
import { createSlowWriter } from './slow-writer.ts';

// What the page on embedding promises of the chat, seen in a browser.

const embedding = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8');

describe.skipIf(browserPath === undefined)('the chat in a browser', () => {
  const writer = createSlowWriter();
  let widget: TestWidget;
  let browser: Browser;
  let server: ServedSmallBot;
  let listening: Listening;
  let shop: ShopPage;
  beforeAll(async () => {
    [widget, browser] = await Promise.all([buildTestWidget(), launchBrowser()]);
    shop = await serveShopPage();
    const allowedOrigins = [new URL(shop.url).origin];
    server = await serveSmallBot({ widgetFolder: widget.folder, ports: { writer }, allowedOrigins });
    listening = await listen(server.handler, { port: 0, host: '127.0.0.1', drainMs: 100 });
  });
  afterAll(async () => {
    await browser.close();
    await listening[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
    shop[Symbol.dispose]();
    widget[Symbol.dispose]();
  });

  const open = async (path = '/', options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await (await browser.newContext(options)).newPage();
    await page.goto(new URL(path, listening.url).href);
    await page.getByText('Hello.', { exact: true }).waitFor();
    return page;
  };
  const say = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('textbox').press('Enter');
  };
  /** Puts another chat into the page. */
  const replaceChat = (page: Page, attributes: string): Promise<unknown> =>
    page.evaluate(
      `document.querySelector('usher-chat').outerHTML = '<usher-chat open ${attributes}></usher-chat>'`,
    );

  test('shows a reply being written, then the whole, once, with its picture, links and buttons', async () => {
    const page = await open();
    await say(page, 'ask why');
    await page.getByText('Let me see.', { exact: true }).waitFor();
    writer.finish();
    await page.getByText('Let me see. This one.', { exact: true }).waitFor();
    expect(await page.getByText('Let me see.', { exact: true }).count()).toBe(0);
    expect(await page.locator('.message.card img').getAttribute('src')).toBe(
      new URL('/picture.png', page.url()).href,
    );
    const link = page.getByRole('link', { name: 'About tents' });
    expect(await link.getAttribute('href')).toBe('https://shop.example/tents');
    expect(await link.getAttribute('rel')).toContain('noopener');
    // Where a link leads elsewhere than the web, there is none.
    expect(await page.getByText('A trap').count()).toBe(1);
    expect(await page.getByRole('link', { name: 'A trap' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.getByText('I cannot see payloads.', { exact: true }).waitFor();
    expect(await page.locator('.message.user .bubble').last().innerText()).toBe('Take it');
    // What was asked before is not asked any more.
    expect(await page.getByRole('button', { name: 'Take it' }).count()).toBe(0);
    await page.context().close();
  });

  test('stands on a page of the shop as the page on embedding says, under the policy that it says', async () => {
    const [, example = ''] = /```html\n([\s\S]*?)```/.exec(embedding) ?? [];
    const [, policies = ''] = /Content-Security-Policy, it needs ([^;]*);/.exec(embedding) ?? [];
    const ours = (text: string): string => text.replaceAll('https://chat.shop.example', listening.url);
    shop.html = ours(example);
    shop.policy = [
      "default-src 'none'",
      ...[...ours(policies).matchAll(/`([^`]+)`/g)].map(([, one]) => one),
    ].join('; ');
    expect(shop.policy).toContain(`connect-src ${listening.url}`);
    const page = await (await browser.newContext()).newPage();
    await page.goto(shop.url);
    await page.getByRole('button', { name: /Open the chat/ }).click();
    await page.getByText('Hello.', { exact: true }).waitFor();
    await say(page, 'from the shop');
    await page.getByText('You said from the shop.', { exact: true }).waitFor();
    await page.context().close();
  });

  test('tells that the bot is writing, to the eye and to a screen reader', async () => {
    const page = await open();
    await say(page, 'ask quietly');
    const typing = page.getByRole('status', { name: 'Small <bot> is writing' });
    await typing.waitFor();
    writer.finish();
    await page.getByText('This one.').waitFor();
    await typing.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('keeps the place of who reads further up, says what is new there, and leads to it', async () => {
    const page = await open('/', { viewport: { width: 390, height: 480 } });
    const inLog = <Value>(expression: string): Promise<Value> =>
      page.evaluate<Value>(
        `(() => {
          const root = document.querySelector('usher-chat').shadowRoot;
          const log = root.querySelector('.log');
          return ${expression};
        })()`,
      );
    const fromEnd = () => inLog<number>('log.scrollHeight - log.scrollTop - log.clientHeight');
    for (const text of ['one', 'two', 'three', 'nudge']) {
      await say(page, text);
      await page.getByText(text === 'nudge' ? 'Take your time.' : `You said ${text}.`).waitFor();
      expect(await fromEnd()).toBeLessThan(2);
    }
    const newer = page.getByRole('button', { name: '1 new message' });
    expect(await newer.count()).toBe(0);
    await inLog('log.scrollTo(0, 30)');
    server.bot.clock.ms += 2_000;
    await server.bot.engine.runDue();
    await newer.waitFor();
    expect(await inLog<number>('log.scrollTop')).toBe(30);
    await newer.click();
    await expect.poll(fromEnd).toBeLessThan(2);
    await newer.waitFor({ state: 'detached' });
    expect(await inLog<boolean>('root.activeElement === log')).toBe(true);
    // Who says something, from wherever, sees the answer.
    await inLog('log.scrollTo(0, 0)');
    await say(page, 'four');
    await page.getByText('You said four.').waitFor();
    await expect.poll(fromEnd).toBeLessThan(2);
    // A notice takes room from the log, not from what was said last.
    await page.context().setOffline(true);
    await say(page, 'five');
    await page.getByText(/No connection/).waitFor();
    await expect.poll(fromEnd).toBeLessThan(2);
    await page.context().close();
  });

  test('gives the conversation as a file, and begins a new one', async () => {
    const page = await open();
    await say(page, 'keep this');
    await page.getByText('You said keep this.', { exact: true }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the conversation' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('conversation.txt');
    expect(readFileSync(await download.path(), 'utf8')).toMatch(/You: keep this\n\n.*You said keep this\./s);
    const anew = page.getByRole('button', { name: 'New conversation' });
    const question = page.getByRole('group', { name: 'Leave this conversation for a new one?' });
    await anew.click();
    await question.getByRole('button', { name: 'Stay here' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await page.locator('.bubble').count()).toBe(3);
    await anew.click();
    await question.getByRole('button', { name: 'New conversation' }).click();
    await expect.poll(() => page.locator('.bubble').allInnerTexts()).toEqual(['Hello.']);
    await page.locator('textarea:focus').waitFor();
    // Where nothing was said, nothing is lost.
    const count = async () => (await server.bot.store.conversations()).length;
    const before = await count();
    await anew.click();
    await expect.poll(count).toBe(before + 1);
    await page.context().close();
  });

  test('ends after silence, says so, and begins anew when asked', async () => {
    const page = await open();
    await replaceChat(page, 'idle-minutes="0.002"');
    await page.getByText('This conversation is over.').waitFor();
    expect(await page.getByRole('textbox').isDisabled()).toBe(true);
    await page.getByRole('status').getByRole('button', { name: 'New conversation' }).click();
    await page.getByText('Hello.', { exact: true }).waitFor();
    await page.locator('textarea:focus').waitFor();
    await page.context().close();
  });

  test('says that it could not be opened, and tries again when asked', async () => {
    const page = await open();
    const token = await tokenOf('mia');
    await replaceChat(page, `user-token="${token.slice(0, -4)}AAAA"`);
    await page.getByText('The chat could not be opened.').waitFor();
    await page.evaluate(`document.querySelector('usher-chat').setAttribute('user-token', '${token}')`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Hello.', { exact: true }).waitFor();
    await page.context().close();
  });

  test('leaves what a person said as soon as the page says that they signed out', async () => {
    const page = await open();
    await replaceChat(page, `user-token="${await tokenOf('mia')}"`);
    await say(page, 'a secret');
    await page.getByText('You said a secret.').waitFor();
    await page.evaluate("document.querySelector('usher-chat').removeAttribute('user-token')");
    await expect.poll(() => page.locator('.bubble').allInnerTexts()).toEqual(['Hello.']);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('takes the colours of the shop, in %s', async (colorScheme) => {
    const page = await open('/', { colorScheme });
    await page.evaluate(
      "document.querySelector('usher-chat').style.setProperty('--usher-accent', 'rgb(1, 2, 3)')",
    );
    const colour = await page.evaluate<string>(
      "getComputedStyle(document.querySelector('usher-chat').shadowRoot.querySelector('.launcher')).backgroundColor",
    );
    expect(colour).toBe('rgb(1, 2, 3)');
    await page.context().close();
  });

  test('speaks Chinese', async () => {
    const page = await open('/?locale=zh');
    await page.getByPlaceholder('请输入消息').waitFor();
    await page.getByRole('button', { name: '新对话' }).waitFor();
    await page.context().close();
  });

  test('goes from right to left, the person at the left', async () => {
    const page = await open('/?locale=ar');
    await say(page, 'مرحبا');
    await page.getByText('You said مرحبا.', { exact: true }).waitFor();
    const [person, bot] = await Promise.all([
      page.locator('.message.user').boundingBox(),
      page.locator('.message.bot').last().boundingBox(),
    ]);
    expect(person?.x).toBeLessThan(bot?.x ?? 0);
    await page.context().close();
  });

  test.each([
    ['upright', { width: 390, height: 780 }],
    ['on its side', { width: 780, height: 390 }],
  ])('fills the screen of a phone %s', async (_, viewport) => {
    const page = await open('/', { viewport, isMobile: true, hasTouch: true });
    expect(await page.locator('.panel').boundingBox()).toEqual({ x: 0, y: 0, ...viewport });
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBe(0);
    await page.context().close();
  });
});
