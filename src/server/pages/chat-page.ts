import { html } from 'hono/html';
import { nearestLocale } from '../../engine/nearest-locale.ts';
import type { Locale } from '../../message.ts';
import { textDirection } from '../../text-direction.ts';
import type { ServedBot } from '../server-options.ts';
import { pageHead } from './page-head.ts';

type Page = ReturnType<typeof html>;

/**
 * The page that shows the widget, as a shop would embed it.
 *
 * @param origin - Where the server is. Given where its reader is the developer, who is shown the ways in.
 */
export function chatPage(
  { name, locales }: ServedBot,
  wanted: string | undefined,
  origin: string | undefined,
): Page {
  const locale = nearestLocale(wanted, locales) ?? locales[0] ?? 'en';
  return html`<!doctype html>
    <html lang="${locale}" dir="${textDirection(locale)}">
      <head>
        ${pageHead(name, '/usher-chat.js')}
      </head>
      <body class="chat">
        <header>
          <h1 dir="auto">${name}</h1>
          <nav aria-label="Language">
            ${locales.map(
              (tag) =>
                html`<a
                  href="/?locale=${tag}"
                  lang="${tag}"
                  ${tag === locale ? html`aria-current="true"` : ''}
                  >${nameOf(tag)}</a
                >`,
            )}
          </nav>
          <nav aria-label="For developers" lang="en">
            <a href="/docs">API</a>
            ${origin === undefined ? '' : html`<a href="/inspect">Inspector</a>`}
          </nav>
        </header>
        <main>
          ${origin === undefined ? '' : onAnotherPage(origin, name)}
          <usher-chat open autofocus locale="${locale}" title="${name}"></usher-chat>
        </main>
      </body>
    </html>`;
}

function onAnotherPage(origin: string, name: string): Page {
  const lines = [
    `<script type="module" src="${origin}/usher-chat.js"></script>`,
    `<usher-chat title="${name.replaceAll('"', '')}"></usher-chat>`,
  ];
  return html`<section lang="en" dir="ltr">
    <h2>On a page of yours</h2>
    <pre tabindex="0"><code>${lines.join('\n')}</code></pre>
    <p>The page's origin must stand in <code>server.allowed_origins</code> of <code>usher.yml</code>.</p>
  </section>`;
}

function nameOf(locale: Locale): string {
  return new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}
