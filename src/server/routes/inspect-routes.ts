import type { OpenAPIHono } from '@hono/zod-openapi';
import { heardText } from '../api-message.ts';
import { inspectPage } from '../pages/inspect-page.ts';
import { refuse } from '../refuse.ts';
import { isOpenTo, requireOperator, type ServerContext, type ServerEnv } from '../server-context.ts';

const listed = { limit: 200 };

/** What went on in conversations and why, for the bot's author. */
export function addInspectRoutes(hono: OpenAPIHono<ServerEnv>, context: ServerContext): void {
  const { app, options } = context;
  hono.use('/inspect/*', async (c, next) => {
    if (options.inspect === 'off') refuse('not_found');
    if (!isOpenTo(c.env, options)) requireOperator(context, c.req.raw.headers);
    await next();
  });
  hono.get('/inspect', (c) => c.html(inspectPage(app.name)));
  hono.get('/inspect/api/conversations', async (c) => {
    const [summaries, heard] = await Promise.all([app.log.conversations(listed), app.log.lastHeard(listed)]);
    const texts = new Map(heard.map(({ conversation, data }) => [conversation, heardText(data)]));
    return c.json(summaries.map((summary) => ({ ...summary, heard: texts.get(summary.id) })));
  });
  hono.get('/inspect/api/conversations/:id', async (c) => {
    const report: object = await app.engine.inspect(c.req.param('id'));
    return c.json(report);
  });
  hono.get('/inspect/api/flows/:flow', (c) => {
    const drawing = app.drawFlow?.(c.req.param('flow'));
    return drawing ? c.json(drawing) : refuse('not_found');
  });
}
