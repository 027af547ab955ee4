import { serve, type ServerType } from '@hono/node-server';
import { EngineError } from '../errors.ts';
import type { Handler } from './handler.ts';

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
 * @throws EngineError `PORT_TAKEN`.
 */
export async function listen(
  handler: Handler,
  options: { readonly port: number; readonly host: string },
): Promise<Listening> {
  const { host } = options;
  const { server, port } = await open(handler, options);
  return {
    port,
    url: `http://${host === '127.0.0.1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`,
    [Symbol.asyncDispose]: async () => {
      handler.drain();
      await handler[Symbol.asyncDispose]();
      const closed = new Promise<void>((done) => server.close(() => done()));
      if ('closeIdleConnections' in server) server.closeIdleConnections();
      await closed;
    },
  };
}

function open(
  handler: Handler,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<{ readonly server: ServerType; readonly port: number }> {
  return new Promise((resolve, reject) => {
    const fetch: FetchCallback = (request, env) =>
      handler.fetch(request, {
        address: ('incoming' in env ? env.incoming.socket.remoteAddress : undefined) ?? 'unknown',
      });
    const server = serve({ port, hostname: host, fetch }, (address) =>
      resolve({ server, port: address.port }),
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
