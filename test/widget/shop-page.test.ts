import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { devices, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { trainShop } from '../../scripts/fire/bots.ts';
import { bundled } from '../../scripts/fire/bundled.ts';
import type { Life } from '../../scripts/fire/life.ts';
import { startServer, type FireServer } from '../../scripts/fire/start-server.ts';
import { browserPath, launchBrowser } from './browser.ts';
import { buildTestWidget, type TestWidget } from './build-test-widget.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// The shop on its page, in a browser: somebody signs in and asks for their money back, thinks better of the reason, loads
// the page again, and loses the server, killed, in the middle of it. Skipped, by name, where Chromium is not installed.

interface Said {
  readonly path: string;
  readonly order: string;
  readonly refund: string;
  readonly email: string;
  readonly asksReason: RegExp;
  readonly late: string;
  readonly saysLate: RegExp;
  readonly damaged: string;
  readonly saysDamaged: RegExp;
  readonly yes: string;
  readonly done: RegExp;
  readonly end: RegExp;
}

const english: Said = {
  path: '/?locale=en',
  order: 'AB123456',
  refund: 'I want a refund for AB123456',
  email: 'mia@example.com',
  asksReason: /What's the reason/,
  late: 'Too late',
  saysLate: /reason: arrived too late\. Is that right/,
  damaged: 'no wait, it is damaged',
  saysDamaged: /reason: damaged or faulty\. Is that right/,
  yes: 'Yes',
  done: /Done\. €288\.00/,
  end: /anything else/,
};

const chinese: Said = {
  path: '/?locale=zh',
  order: 'GF731150',
  refund: '我想给订单 GF731150 退款',
  email: 'wei.zhang@example.com',
  asksReason: /什么原因/,
  late: '太晚',
  saysLate: /送达太晚。确认吗/,
  damaged: '不对，是坏了',
  saysDamaged: /商品损坏或有故障。确认吗/,
  yes: '是',
  done: /已为您办理退款/,
  end: /还有什么可以帮您/,
};

const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 780 },
  hasTouch: true,
  isMobile: true,
  userAgent: devices['Pixel 7'].userAgent,
};

describe.skipIf(browserPath === undefined)('the shop in a browser', () => {
  const trained = mkdtempSync(join(tmpdir(), 'usher-shop-'));
  let widget: TestWidget;
  let browser: Browser;
  let script: string;

  beforeAll(async () => {
    [widget, browser, script] = await Promise.all([
      buildTestWidget(),
      launchBrowser(),
      bundled('scripts/fire-server.ts'),
    ]);
    await trainShop(trained, { USHER_ENCODER: 'none' });
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    widget[Symbol.dispose]();
    rmSync(trained, { recursive: true });
  });

  test.each([
    ['English, desktop', english, desktop],
    ['English, phone', english, phone],
    ['Chinese, desktop', chinese, desktop],
    ['Chinese, phone', chinese, phone],
  ] as const)(
    'a refund: %s',
    async (_, said, options) => {
      using shop = openShopFolder(trained);
      const live = (port = 0): Promise<FireServer> =>
        startLife(script, {
          folder: shop.folder,
          bot: 'shop',
          encoder: 'none',
          port,
          widgetFolder: widget.folder,
        });
      const first = await live();
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${first.port}${said.path}`);
      await bubble(page).first().waitFor();

      await say(page, said.refund);
      await botSays(page, /mail|邮箱/);
      await say(page, said.email);
      await botSays(page, said.asksReason);
      await page.getByRole('button', { name: said.late }).click();
      await botSays(page, said.saysLate);

      const before = await texts(page);
      await page.reload();
      await expect.poll(() => texts(page)).toEqual(before);

      first.process.kill('SIGKILL');
      await first.ended;
      await page.getByRole('status').filter({ hasText: /\S/ }).waitFor();
      await say(page, said.damaged);
      await using second = await live(first.port);
      await botSays(page, said.saysDamaged);
      expect(second.port).toBe(first.port);
      await page.getByRole('button', { name: said.yes, exact: true }).click();
      await botSays(page, said.end);

      const all = await texts(page);
      expect(all.filter((text) => said.done.test(text))).toHaveLength(1);
      for (const text of [said.refund, said.email, said.damaged])
        expect(all.filter((one) => one === text)).toHaveLength(1);
      expect(shop.refunds(said.order)).toEqual([said.order]);
      await context.close();
    },
    120_000,
  );

  test.each(['light', 'dark'] as const)(
    'the inspector shows where a conversation stands in its flow, in %s',
    async (colorScheme) => {
      using shop = openShopFolder(trained);
      const life: Life = { folder: shop.folder, bot: 'shop', encoder: 'none', widgetFolder: widget.folder };
      await using server = await startLife(script, { ...life, inspect: 'open' });
      const context = await browser.newContext({ ...desktop, colorScheme });
      const page = await context.newPage();
      await page.goto(`http://127.0.0.1:${server.port}/?locale=en`);
      await bubble(page).first().waitFor();
      await say(page, english.refund);
      await botSays(page, /mail/);
      await say(page, english.email);
      await botSays(page, english.asksReason);
      await page.goto(`http://127.0.0.1:${server.port}/inspect`);
      const diagram = page.getByRole('group', { name: 'The flow request_refund' });
      await diagram.waitFor();
      expect(await diagram.locator('.here text').allTextContents()).toEqual(['ask', 'reason']);
      const [view, here] = await Promise.all([
        diagram.boundingBox(),
        diagram.locator('.here rect').boundingBox(),
      ]);
      expect(here?.y).toBeGreaterThan(view?.y ?? 0);
      expect(here?.y).toBeLessThan((view?.y ?? 0) + (view?.height ?? 0));
      await page.getByText("What's the reason? [damaged").waitFor();
      await page.evaluate(axeSource);
      const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
      expect(violations.map(({ id }) => id)).toEqual([]);
      await context.close();
    },
    120_000,
  );
});

interface ShopFolder extends Disposable {
  readonly folder: string;
  /** How often money went back for an order. */
  refunds(order: string): readonly unknown[];
}

/** A shop of its own, with the model that was trained for all. */
function openShopFolder(trained: string): ShopFolder {
  const folder = mkdtempSync(join(tmpdir(), 'usher-shop-'));
  cpSync(trained, folder, { recursive: true });
  return {
    folder,
    refunds: (order) => {
      const database = new Database(join(folder, 'shop.sqlite'), { readonly: true });
      try {
        return database.prepare('SELECT order_id FROM refunds WHERE order_id = ?').pluck().all(order);
      } finally {
        database.close();
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

async function startLife(script: string, life: Life): Promise<FireServer> {
  const server = await startServer(script, life);
  if (!server) throw new Error('The server did not start.');
  return server;
}

function bubble(page: Page) {
  return page.getByRole('log').locator('.bubble');
}

function texts(page: Page): Promise<string[]> {
  return bubble(page).allInnerTexts();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

/** The bot's last word is this. */
async function botSays(page: Page, text: RegExp): Promise<void> {
  await expect
    .poll(() => page.getByRole('log').locator('.message').last().innerText(), { timeout: 60_000 })
    .toMatch(text);
}
