import { html } from 'hono/html';

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#1d4ed8"/><path d="M6 7h12v8h-7l-3 3v-3H6z" fill="#fff"/></svg>',
)}`;

/** What the heads of all pages say. */
export function pageHead(title: string, script?: string): ReturnType<typeof html> {
  return html`<meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title}</title>
    <link rel="icon" href="${ICON}" />
    <link rel="stylesheet" href="/page.css" />
    ${script === undefined ? '' : html`<script type="module" src="${script}"></script>`}`;
}
