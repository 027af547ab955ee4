import { problem } from './problem.ts';
import type { ServerOptions } from './server-options.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

type Guarded = Pick<ServerOptions, 'allowedHosts' | 'allowedOrigins'>;

/** Refuses requests for other hosts (DNS rebinding) and from pages that may not call; `undefined` lets one pass. */
export function refuseRequest(
  request: Request,
  { allowedHosts, allowedOrigins }: Guarded,
): Response | undefined {
  const { hostname } = new URL(request.url);
  if (!allowedHosts.includes('*') && ![...LOOPBACK, ...allowedHosts].includes(hostname))
    return problem('forbidden_host', { detail: 'Add the host to `server.allowed_hosts` in usher.yml.' });
  const origin = request.headers.get('origin');
  if (origin === null || isAllowedOrigin(origin, request, allowedOrigins)) return undefined;
  return problem('forbidden_origin', { detail: 'Add the origin to `server.allowed_origins` in usher.yml.' });
}

/** What a page of another origin may read, per the fetch standard's CORS protocol. */
export function corsHeaders(request: Request, { allowedOrigins }: Guarded): Readonly<Record<string, string>> {
  const origin = request.headers.get('origin');
  if (origin === null || isOwnOrigin(origin, request) || !isAllowedOrigin(origin, request, allowedOrigins))
    return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'retry-after',
    ...(request.method === 'OPTIONS'
      ? {
          'access-control-allow-methods': 'GET, POST, DELETE',
          'access-control-allow-headers': 'authorization, content-type, last-event-id',
          'access-control-max-age': '600',
        }
      : {}),
  };
}

function isAllowedOrigin(origin: string, request: Request, allowed: readonly string[]): boolean {
  return isOwnOrigin(origin, request) || allowed.includes('*') || allowed.includes(origin);
}

/** The port and name decide; a proxy in front may have taken the encryption off. */
function isOwnOrigin(origin: string, request: Request): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
}
