// Starts the shop, talks with it in a browser, and takes the pictures of docs/pictures.
// Usage: npm run screenshots [-- <folder>]; needs Chromium.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { temporaryFolder } from '../test/engine/small-bot.ts';
import { browserPath, launchBrowser } from '../test/widget/browser.ts';
import { buildTestWidget } from '../test/widget/build-test-widget.ts';
import { trainShop } from './fire/bots.ts';
import { bundled } from './fire/bundled.ts';
import { startServer } from './fire/start-server.ts';

const [output = 'docs/pictures'] = process.argv.slice(2);
if (browserPath === undefined)
  throw new Error('No Chromium was found. Install it: apt-get install chromium.');
mkdirSync(output, { recursive: true });

using folder = temporaryFolder();
using widget = await buildTestWidget();
await trainShop(folder.path);
await using server = await startServer(await bundled('scripts/fire-server.ts'), {
  folder: folder.path,
  bot: 'shop',
  inspect: 'open',
  widgetFolder: widget.folder,
});
if (!server) throw new Error('The server did not start.');
const site = `http://127.0.0.1:${server.port}`;
const browser = await launchBrowser();

const desktop = { viewport: { width: 960, height: 720 } };
const wide = { viewport: { width: 1280, height: 620 } };
const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true };
const english = ['I want a refund for AB123456', 'mia@example.com', 'it came too late'];
const chinese = ['我想给订单 GF731150 退款', 'wei.zhang@example.com', '送得太晚了'];
const question = ['how long does delivery take to Italy?', 'do you ship to Spain?'];

await take('chat', '/?locale=en', { ...desktop, colorScheme: 'light' }, (page) => talk(page, english));
await take('chat-dark', '/?locale=en', { ...desktop, colorScheme: 'dark' }, (page) => talk(page, english));
await take('chat-chinese', '/?locale=zh', { ...desktop, colorScheme: 'light' }, (page) =>
  talk(page, chinese),
);
await take('chat-phone', '/?locale=en', { ...phone, colorScheme: 'light' }, (page) => talk(page, question));
await take('chat-phone-chinese', '/?locale=zh', { ...phone, colorScheme: 'dark' }, (page) =>
  talk(page, chinese),
);
await take('chat-right-to-left', '/?locale=en', { ...desktop, colorScheme: 'light' }, async (page) => {
  await page.evaluate(
    `document.documentElement.dir = 'rtl';
     document.querySelector('usher-chat').outerHTML = '<usher-chat open locale="ar" title="Pip"></usher-chat>'`,
  );
  await talk(page, english);
});
await take('inspect', '/inspect', { ...wide, colorScheme: 'light' }, async (page) => {
  await page
    .getByRole('button', { name: /turn 4/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Turn 4' }).waitFor();
  await page.getByRole('img', { name: /^Flow/ }).waitFor();
});
await take('inspect-turn', '/inspect', { ...wide, colorScheme: 'dark' }, async (page) => {
  await page
    .getByRole('button', { name: /turn 4/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Turn 2' }).waitFor();
  await page.evaluate("[...document.querySelectorAll('article')].at(-2).scrollIntoView()");
});
await take('docs', '/docs', { viewport: { width: 800, height: 620 }, colorScheme: 'light' }, () =>
  Promise.resolve(),
);
await browser.close();

async function take(
  name: string,
  path: string,
  options: BrowserContextOptions,
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  await page.goto(`${site}${path}`);
  await prepare(page);
  await page.screenshot({ path: join(output, `${name}.png`) });
  await context.close();
}

/** Says one text after the other, each after the answer to the one before it. */
async function talk(page: Page, said: readonly string[]): Promise<void> {
  const log = page.getByRole('log');
  await log.locator('.message.bot').first().waitFor();
  for (const [place, text] of said.entries()) {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('textbox').press('Enter');
    await log.locator('.message.user:not(.sending)').nth(place).waitFor();
    await log.locator('.message.bot:not(.draft):last-child').waitFor();
  }
}
