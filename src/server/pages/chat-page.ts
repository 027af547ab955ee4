import { html } from 'hono/html';
import type { Locale } from '../../message.ts';
import { textDirection } from '../../text-direction.ts';
import type { ServedBot } from '../server-options.ts';
import { pageHead } from './page-head.ts';

type Page = ReturnType<typeof html>;

/**
 * The page that shows the widget, as a shop would embed it.
 *
 * @param showsInspector - Whether its reader may look inside.
 */
export function chatPage(
  { name, locales }: ServedBot,
  wanted: string | undefined,
  showsInspector: boolean,
): Page {
  const locale = locales.find((known) => known === wanted) ?? locales[0] ?? 'en';
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
            ${showsInspector ? html`<a href="/inspect">Inspector</a>` : ''}
          </nav>
        </header>
        <main>
          <usher-chat open autofocus locale="${locale}" title="${name}"></usher-chat>
        </main>
      </body>
    </html>`;
}

function nameOf(locale: Locale): string {
  return new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(locale) ?? locale;
}
