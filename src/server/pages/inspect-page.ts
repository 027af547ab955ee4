import { html } from 'hono/html';
import { pageHead } from './page-head.ts';

/** The shell of `/inspect`; its script asks for the rest. */
export function inspectPage(name: string): ReturnType<typeof html> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        ${pageHead(`${name}: conversations`, '/inspect.js')}
      </head>
      <body class="inspect"></body>
    </html>`;
}
