import { createServer, type Server } from 'node:http';
import { serve } from '@hono/node-server';
import { EngineError } from '../errors.ts';
import type { Handler } from './handler.ts';

/** How long a client may take to send its headers, and its whole request: a half-open connection ends so. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** Longer than proxies keep an idle connection, so that none sends a request into one that closes. */
const keepAliveTimeoutMs = 75_000;
const sweepMs = 50;
/** How long answers under way may take when the server goes down. */
const defaultDrainMs = 10_000;

type FetchCallback = Parameters<typeof serve>[0]['fetch'];

/** An open socket. Disposing of it answers what is under way and closes it. */
export interface Listening extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

/**
 * Listens for HTTP requests.
 *
 * @param options.port - 0 = any free one.
 * @param options.drainMs - After so long, going down does not wait for what is under way; the default is 10 seconds.
 * @throws EngineError `PORT_TAKEN`.
 */
export async function listen(
  handler: Handler,
  options: { readonly port: number; readonly host: string; readonly drainMs?: number },
): Promise<Listening> {
  const { host, drainMs = defaultDrainMs } = options;
  const { server, port } = await open(handler, options);
  return {
    port,
    url: `http://${host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`,
    [Symbol.asyncDispose]: async () => {
      handler.drain();
      await handler[Symbol.asyncDispose]();
      const closed = new Promise<void>((done) => server.close(() => done()));
      // A connection that was busy is let go once it has its answer.
      const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
      const patience = setTimeout(() => server.closeAllConnections(), drainMs);
      server.closeIdleConnections();
      await closed;
      clearInterval(sweep);
      clearTimeout(patience);
    },
  };
}

function open(
  handler: Handler,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<{ readonly server: Server; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const fetch: FetchCallback = (request, env) =>
      handler.fetch(request, {
        address: ('incoming' in env ? env.incoming.socket.remoteAddress : undefined) ?? 'unknown',
      });
    const serverOptions = {
      headersTimeout: headersTimeoutMs,
      requestTimeout: requestTimeoutMs,
      keepAliveTimeout: keepAliveTimeoutMs,
    };
    const server = serve({ port, hostname: host, fetch, createServer, serverOptions }, (address) =>
      resolve({ server: server as Server, port: address.port }),
    );
    server.on('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { port, host })));
  });
}

function listenError(
  error: NodeJS.ErrnoException,
  { port, host }: { port: number; host: string },
): EngineError {
  if (error.code === 'EADDRINUSE' || error.code === 'EACCES')
    return new EngineError('PORT_TAKEN', `Port ${port} of ${host} is taken, or may not be used.`, {
      cause: error,
      fix: 'Set PORT, or `server.port` in usher.yml, to a free port.',
    });
  return new EngineError('CONFIG_INVALID', `The server cannot listen on ${host}:${port}.`, {
    cause: error,
    fix: 'Set `server.host` in usher.yml to an address of this machine.',
  });
}
