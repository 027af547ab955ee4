import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { problem } from './problem.ts';
import type { ServerEnv } from './server-context.ts';

/** Refuses larger bodies: by the length that they declare, or, where they declare none, by counting. */
export function limitBody(maxBytes: number): MiddlewareHandler<ServerEnv> {
  const counted: MiddlewareHandler<ServerEnv> = bodyLimit({
    maxSize: maxBytes,
    onError: () => problem('body_too_large'),
  });
  return async (c, next) => {
    const length = c.req.header('content-length');
    const isDeclared = length !== undefined && c.req.header('transfer-encoding') === undefined;
    // Asking for the body itself makes a stream of it, which costs more than all the rest of a request.
    if (!isDeclared && c.req.method !== 'GET') return counted(c, next);
    if (isDeclared && !(Number(length) <= maxBytes)) return problem('body_too_large');
    await next();
    return undefined;
  };
}
