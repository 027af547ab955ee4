import { setMaxListeners } from 'node:events';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import { EngineError } from '../errors.ts';
import { createClientAddress, isFromHere } from './client-address.ts';
import { createConversationTokens } from './conversation-token.ts';
import { corsHeaders, refuseRequest } from './guard-request.ts';
import { createLiveUpdates } from './live-updates.ts';
import { createMetrics } from './metrics.ts';
import { limitBody } from './limit-body.ts';
import { problem, problemCodeOf } from './problem.ts';
import { createRateLimits } from './rate-limits.ts';
import { addConversationRoutes } from './routes/conversation-routes.ts';
import { addHealthRoutes } from './routes/health-routes.ts';
import { addInspectRoutes } from './routes/inspect-routes.ts';
import { addMessageRoutes } from './routes/message-routes.ts';
import { addPageRoutes } from './routes/page-routes.ts';
import { addWebhookRoutes } from './routes/webhook-routes.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { requirePatience, type RouteContext, type ServerContext, type ServerEnv } from './server-context.ts';
import { watchLog } from './watch-log.ts';
import { defaultLimits, type ServedBot, type ServerOptions } from './server-options.ts';

/** The HTTP server without its socket. Disposing of it ends the open event streams. */
export interface Handler extends AsyncDisposable {
  /** @param client - Who asks; the default is nobody in particular. */
  fetch(request: Request, client?: { readonly address: string }): Promise<Response>;
  /** From now on the server says that it is not ready; it still answers. */
  drain(): void;
}

/** Serves a bot: the API, the chat page and the widget, and for operators what went on. */
export function createHandler(app: ServedBot, options: ServerOptions): Handler {
  const closing = new AbortController();
  // Each open stream listens.
  setMaxListeners(0, closing.signal);
  let draining = false;
  const limits = { ...defaultLimits, ...options.limits };
  const context: ServerContext = {
    app,
    options,
    limits,
    rates: createRateLimits(limits),
    tokens: createConversationTokens(options.secret),
    updates: createLiveUpdates(),
    metrics: createMetrics(app.version),
    closing: closing.signal,
    isDraining: () => draining,
  };
  watchLog({ log: app.log, updates: context.updates, everyMs: limits.pollMs, signal: closing.signal });
  const hono = createRouter(context);
  const clientAddress = createClientAddress(options.trustedProxies ?? []);
  return {
    fetch: async (request, { address: peer } = { address: 'unknown' }) => {
      const forwardedFor = request.headers.get('x-forwarded-for');
      const address = clientAddress(peer, forwardedFor);
      return hono.fetch(request, { address, isHere: isFromHere(peer, forwardedFor) });
    },
    drain: () => {
      draining = true;
    },
    [Symbol.asyncDispose]: () => {
      closing.abort();
      return Promise.resolve();
    },
  };
}

function createRouter(context: ServerContext): OpenAPIHono<ServerEnv> {
  const { options, limits, rates } = context;
  const hono = new OpenAPIHono<ServerEnv>({ defaultHook: refuseInvalid });
  hono.onError((error, c) => failed(error, c, context));
  hono.notFound(() => problem('not_found'));

  hono.use(async (c, next) => {
    const startedAt = options.monotonicMs();
    await next();
    setSecurityHeaders(c.res.headers);
    // What one page may read is no answer for another's, in whatever cache it lies.
    c.res.headers.append('vary', 'origin');
    for (const [name, value] of Object.entries(corsHeaders(c.req.raw, options)))
      c.res.headers.set(name, value);
    const seconds = (options.monotonicMs() - startedAt) / 1000;
    context.metrics.request(routePath(c, -1), c.req.method, c.res.status, seconds);
  });
  hono.use(async (c, next) => {
    const refused = refuseRequest(c.req.raw, options);
    if (refused) return refused;
    if (c.req.method === 'OPTIONS') return new Response(null, { status: 204 });
    requirePatience(await rates.request(c.env.address));
    return next();
  });
  hono.use(methodNotAllowed({ app: hono, onMethodNotAllowed: refuseMethod }));
  hono.use(limitBody(limits.maxBodyBytes));
  hono.use('/v1/conversations/*', requireJson);

  addConversationRoutes(hono, context);
  addMessageRoutes(hono, context);
  addWebhookRoutes(hono, context);
  addHealthRoutes(hono, context);
  addInspectRoutes(hono, context);
  addPageRoutes(hono, context);
  return hono;
}

async function requireJson(c: RouteContext, next: () => Promise<void>): Promise<Response | undefined> {
  const hasBody = c.req.method === 'POST' && !c.req.path.endsWith('/release');
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (hasBody && type !== 'application/json') return problem('unsupported_media_type');
  await next();
  return undefined;
}

function refuseMethod(_: Context, methods: readonly string[]): Response {
  return problem('method_not_allowed', { headers: { allow: methods.join(', ') } });
}

type Validated =
  | { readonly success: true }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function refuseInvalid(result: Validated): Response | undefined {
  if (result.success) return undefined;
  const errors = result.error.issues.slice(0, 20).map(({ path, message }) => ({
    path: path.map(String).join('.').slice(0, 200),
    message: message.slice(0, 300),
  }));
  return problem('invalid_request', { errors });
}

/** What went wrong stays here; the client learns its kind. */
function failed(error: Error, c: RouteContext, { options: { logger } }: ServerContext): Response {
  if (error instanceof EngineError) {
    const code = problemCodeOf(error.code);
    if (code === 'internal' || code === 'unavailable')
      logger.error({ error, path: c.req.path }, 'A request failed');
    if (code === 'unavailable') return problem(code, { headers: { 'retry-after': '1' } });
    return problem(code, code === 'invalid_request' ? { detail: error.message } : {});
  }
  if (error instanceof HTTPException && error.res) return error.res;
  if (error instanceof HTTPException && error.status === 400)
    return problem('invalid_request', { detail: 'The body is not JSON.' });
  logger.error({ error, path: c.req.path }, 'A request failed');
  return problem('internal');
}
