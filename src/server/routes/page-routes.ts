import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { compress } from 'hono/compress';
import { etag } from 'hono/etag';
import { chatPage } from '../pages/chat-page.ts';
import { docsPage } from '../pages/docs-page.ts';
import { problem } from '../problem.ts';
import { isOpenTo, type ServerContext, type ServerEnv } from '../server-context.ts';

/** Exactly these are served: no path of a request reaches the file system. */
const FILES: Readonly<Record<string, string>> = {
  'usher-chat.js': 'text/javascript; charset=utf-8',
  'inspect.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
};

/** The chat page, the widget, and the API's description in JSON and in words. */
export function addPageRoutes(hono: OpenAPIHono<ServerEnv>, { app, options }: ServerContext): void {
  const openApi = {
    openapi: '3.1.0',
    info: {
      title: `${app.name}: conversation API`,
      version: app.version,
      description: 'Errors are problems as RFC 9457 has them.',
    },
  };
  hono.openAPIRegistry.registerComponent('securitySchemes', 'conversationToken', {
    type: 'http',
    scheme: 'bearer',
  });
  hono.openAPIRegistry.registerComponent('securitySchemes', 'operatorToken', {
    type: 'http',
    scheme: 'bearer',
  });
  hono.get('/openapi.json', (c) => c.json(hono.getOpenAPI31Document(openApi)));
  hono.get('/docs', (c) => c.html(docsPage(hono.getOpenAPI31Document(openApi))));
  hono.get('/', (c) => {
    const origin = isOpenTo(c.env, options) ? new URL(c.req.url).origin : undefined;
    return c.html(chatPage(app, c.req.query('locale'), origin));
  });
  for (const [name, type] of Object.entries(FILES)) {
    hono.use(`/${name}`, compress(), etag());
    hono.get(`/${name}`, async () => {
      const content = await readFile(join(options.widgetFolder, name)).catch(() => undefined);
      if (!content) return problem('not_found', { detail: 'It was not built; run `npm run build`.' });
      return new Response(content, {
        headers: {
          'content-type': type,
          'cache-control': 'public, max-age=300',
          'cross-origin-resource-policy': 'cross-origin',
        },
      });
    });
  }
}
