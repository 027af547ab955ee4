import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { refuse } from '../refuse.ts';
import { requireOperator, type ServerContext, type ServerEnv } from '../server-context.ts';
import { json, problems } from './route-parts.ts';

const health = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'readHealth',
  tags: ['Operators'],
  summary: 'Ask whether the process lives',
  responses: {
    200: { description: 'It does.', ...json(z.object({ status: z.literal('ok') })) },
    ...problems(),
  },
});

const readiness = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'readReadiness',
  tags: ['Operators'],
  summary: 'Ask whether the server takes requests',
  description: '503 while it goes down, or where its store does not answer.',
  responses: {
    200: { description: 'It does.', ...json(z.object({ status: z.literal('ready') })) },
    ...problems(),
  },
});

const metricsOf = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'readMetrics',
  tags: ['Operators'],
  summary: 'Read the metrics',
  description: 'In the text format of Prometheus. Where no operator token is configured, anybody may.',
  security: [{ operatorToken: [] }],
  responses: {
    200: { description: 'Counters and histograms.', content: { 'text/plain': { schema: z.string() } } },
    ...problems(401),
  },
});

/** What orchestrators and Prometheus ask. */
export function addHealthRoutes(hono: OpenAPIHono<ServerEnv>, context: ServerContext): void {
  const { app, options, metrics, isDraining } = context;
  hono.openapi(health, (c) => c.json({ status: 'ok' as const }, 200));
  hono.openapi(readiness, async (c) => {
    if (isDraining()) refuse('unavailable', { detail: 'The server is going down.' });
    await app.log.conversations({ limit: 1 });
    return c.json({ status: 'ready' as const }, 200);
  });
  hono.openapi(metricsOf, (c) => {
    if (options.operatorToken !== undefined) requireOperator(context, c.req.raw.headers);
    return c.text(metrics.render(), 200, { 'content-type': 'text/plain; version=0.0.4' });
  });
}
