import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, type Listening } from '../../src/server/listen.ts';
import { serveSmallBot, type ServedSmallBot } from '../server/served-bot.ts';
import { browserPath, launchBrowser } from './browser.ts';
import { buildTestWidget, type TestWidget } from './build-test-widget.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let widget: TestWidget;

beforeAll(async () => {
  widget = await buildTestWidget();
});
afterAll(() => widget[Symbol.dispose]());

test('the widget is at most 30 kB, gzipped', () => {
  const file = join(widget.folder, 'usher-chat.js');
  expect(statSync(file).size).toBeGreaterThan(1_000);
  expect(gzipSync(readFileSync(file), { level: 9 }).length).toBeLessThanOrEqual(30_000);
});

describe.skipIf(browserPath === undefined)('in a browser (skipped where Chromium is not installed)', () => {
  let browser: Browser;
  let server: ServedSmallBot;
  let listening: Listening;
  beforeAll(async () => {
    browser = await launchBrowser();
    server = await serveSmallBot({ widgetFolder: widget.folder, inspect: 'open' });
    listening = await listen(server.handler, { port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await browser.close();
    await listening[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const open = async (path = '/', options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    await page.goto(new URL(path, listening.url).href);
    return page;
  };
  const say = async (page: Page, text: string): Promise<void> => {
    await page.getByRole('textbox').fill(text);
    await page.getByRole('textbox').press('Enter');
  };
  const shown = (page: Page, text: string) =>
    page.getByText(text, { exact: true }).waitFor({ timeout: 10_000 });

  test('a person writes and is answered, and a reload shows it again', async () => {
    const page = await open();
    await shown(page, 'Hello.');
    await say(page, 'good day');
    await shown(page, 'You said good day.');
    await page.reload();
    await shown(page, 'You said good day.');
    expect(await page.getByText('good day', { exact: true }).count()).toBe(1);
    await page.context().close();
  });

  test('text is text: nothing that is said becomes markup', async () => {
    const page = await open();
    // The inspector begins with the conversation that was last spoken in.
    server.bot.clock.ms += 1_000;
    const attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    await say(page, attack);
    await shown(page, `You said ${attack}.`);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    // An author looks at the same words.
    await page.goto(new URL('/inspect', listening.url).href);
    await page.getByText(attack).first().waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    await page.context().close();
  });

  test('no script or style is refused by the policy of the page', async () => {
    const faults: string[] = [];
    for (const path of ['/', '/inspect', '/docs']) {
      const page = await (await browser.newContext()).newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(new URL(path, listening.url).href);
      await page.waitForLoadState('load');
      await page.context().close();
    }
    expect(faults).toEqual([]);
  });

  test.each([
    ['light', '/', { colorScheme: 'light' }],
    ['dark', '/', { colorScheme: 'dark' }],
    ['a phone', '/', { viewport: { width: 390, height: 780 }, hasTouch: true }],
    ['right to left', '/?locale=ar', {}],
    ['Chinese', '/?locale=zh', {}],
    ['the inspector', '/inspect', {}],
    ['the description of the API', '/docs', { colorScheme: 'dark' }],
  ] as const)('axe finds no fault: %s', async (_, path, options) => {
    const page = await open(path, options);
    if (path.startsWith('/?') || path === '/') {
      await shown(page, 'Hello.');
      await say(page, 'hi');
      await shown(page, 'You said hi.');
    }
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      'axe.run()',
    );
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    await page.context().close();
  });

  test('a conversation has its own address in the inspector, and is found by its id or its last words', async () => {
    const [first, second] = [await server.open(), await server.open()];
    for (const { id, token } of [first, second]) {
      server.bot.clock.ms += 1_000;
      const body = { text: `the words of ${id}` };
      await server.ask('POST', `/v1/conversations/${id}/messages`, { token, body });
    }
    const [id, later] = [first.id, second.id];
    const page = await open('/inspect');
    const reads = (one: string) =>
      page.getByRole('main').getByText(`the words of ${one}`, { exact: true }).waitFor({ timeout: 10_000 });
    await reads(later);
    for (const sought of [`web:${id}`, `words of ${id}`]) {
      await page.getByRole('searchbox').fill(sought);
      await expect.poll(() => page.getByRole('button', { name: /web:/ }).count()).toBe(1);
    }
    await page.getByRole('button', { name: `the words of ${id}` }).click();
    await reads(id);
    await page.reload();
    await reads(id);
    await page.getByRole('button', { name: 'The latest' }).click();
    await reads(later);
    // What was pressed is told in words too.
    const pressed = { payload: { kind: 'command', command: 'affirm' }, title: 'Yes' };
    server.bot.clock.ms += 1_000;
    const path = `/v1/conversations/${later}/messages`;
    await server.ask('POST', path, { token: second.token, body: pressed });
    await shown(page, '[Yes] command (command: affirm)');
    await page.getByRole('searchbox').fill('web:forgotten');
    await page.getByRole('searchbox').press('Enter');
    await shown(page, 'There is no such conversation, or it was forgotten.');
    await page.context().close();
  });

  test('the chat is used with the keyboard alone', async () => {
    const page = await open();
    await shown(page, 'Hello.');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('textbox').count()).toBe(0);
    await page.keyboard.press('Enter');
    // The chat opens, and puts the focus into its field, a frame later.
    await page.locator('textarea:focus, input:focus').waitFor({ timeout: 10_000 });
    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await shown(page, 'You said hello.');
    await page.context().close();
  });

  test('a closed chat counts what is new', async () => {
    const page = await open();
    await say(page, 'nudge');
    await shown(page, 'Take your time.');
    await page.keyboard.press('Escape');
    server.bot.clock.ms += 2_000;
    await server.bot.engine.runDue();
    await page.getByRole('button', { name: /1 new message/ }).waitFor({ timeout: 10_000 });
    await page.context().close();
  });
});
