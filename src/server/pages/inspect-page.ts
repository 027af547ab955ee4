import { html } from 'hono/html';

/** The shell of `/inspect`; its script asks for the rest. */
export function inspectPage(name: string): ReturnType<typeof html> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${name}: conversations</title>
        <link rel="stylesheet" href="/page.css" />
        <script type="module" src="/inspect.js"></script>
      </head>
      <body class="inspect"></body>
    </html>`;
}
