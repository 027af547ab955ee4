import type { OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '../refuse.ts';
import { requireOperator, type ServerContext, type ServerEnv } from '../server-context.ts';

/** What orchestrators and Prometheus ask. */
export function addHealthRoutes(hono: OpenAPIHono<ServerEnv>, context: ServerContext): void {
  const { app, options, metrics, isDraining } = context;
  hono.get('/healthz', (c) => c.json({ status: 'ok' }));
  hono.get('/readyz', async (c) => {
    if (isDraining()) refuse('unavailable', { detail: 'The server is going down.' });
    await app.log.conversations({ limit: 1 });
    return c.json({ status: 'ready' });
  });
  hono.get('/metrics', (c) => {
    if (options.operatorToken !== undefined) requireOperator(context, c.req.raw.headers);
    return c.text(metrics.render(), 200, { 'content-type': 'text/plain; version=0.0.4' });
  });
}
