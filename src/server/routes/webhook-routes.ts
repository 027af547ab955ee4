import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { acceptedResponse } from '../api-schema.ts';
import { refuse } from '../refuse.ts';
import type { ServerContext, ServerEnv } from '../server-context.ts';
import { json, problems } from './route-parts.ts';

const webhook = createRoute({
  method: 'post',
  path: '/v1/webhooks/{channel}',
  operationId: 'deliverWebhook',
  tags: ['Channels'],
  summary: "Deliver a channel's own messages",
  description: 'The body is the channel’s own; the channel’s adapter verifies its signature.',
  request: { params: z.object({ channel: z.string().regex(/^[a-z][a-z0-9_-]{0,40}$/) }) },
  responses: {
    200: { description: 'The messages are durable; replies follow.', ...json(acceptedResponse) },
    ...problems(400, 401, 404, 413),
  },
});

export function addWebhookRoutes(hono: OpenAPIHono<ServerEnv>, { app, options }: ServerContext): void {
  hono.openapi(webhook, async (c) => {
    const name = c.req.valid('param').channel;
    const channel = app.channels.find((known) => known.name === name && known.send !== undefined);
    if (!channel) refuse('not_found');
    const raw = { headers: Object.fromEntries(c.req.raw.headers), body: await c.req.text() };
    if (!(await channel.verify(raw))) {
      options.logger.warn({ channel: name }, 'A webhook was refused');
      refuse('unauthorized');
    }
    let accepted = 0;
    for (const message of channel.parse(raw)) if (await app.engine.accept(message)) accepted += 1;
    return c.json({ accepted }, 200);
  });
}
