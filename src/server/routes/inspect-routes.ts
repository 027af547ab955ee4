import type { OpenAPIHono } from '@hono/zod-openapi';
import { inspectPage } from '../pages/inspect-page.ts';
import { refuse } from '../refuse.ts';
import { isOpenTo, requireOperator, type ServerContext, type ServerEnv } from '../server-context.ts';

/** What went on in conversations and why, for the bot's author. */
export function addInspectRoutes(hono: OpenAPIHono<ServerEnv>, context: ServerContext): void {
  const { app, options } = context;
  hono.use('/inspect/*', async (c, next) => {
    if (options.inspect === 'off') refuse('not_found');
    if (!isOpenTo(c.env, options)) requireOperator(context, c.req.raw.headers);
    await next();
  });
  hono.get('/inspect', (c) => c.html(inspectPage(app.name)));
  hono.get('/inspect/api/conversations', async (c) => c.json(await app.log.conversations({ limit: 200 })));
  hono.get('/inspect/api/conversations/:id', async (c) => {
    const report: object = await app.engine.inspect(c.req.param('id'));
    return c.json(report);
  });
  hono.get('/inspect/api/flows/:flow', (c) => {
    const drawing = app.drawFlow?.(c.req.param('flow'));
    return drawing ? c.json(drawing) : refuse('not_found');
  });
}
