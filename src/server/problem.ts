import type { ErrorCode } from '../errors.ts';

/** An error as RFC 9457 has it; `code` is for programs, `detail` for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string | undefined;
  readonly code: ProblemCode;
  /** What is wrong with which part of the request. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[] | undefined;
}

export type ProblemCode =
  | 'body_too_large'
  | 'forbidden_host'
  | 'forbidden_origin'
  | 'internal'
  | 'invalid_request'
  | 'method_not_allowed'
  | 'not_found'
  | 'too_many_requests'
  | 'too_many_streams'
  | 'unauthorized'
  | 'unavailable'
  | 'unsupported_media_type';

const TITLES: Readonly<Record<ProblemCode, readonly [number, string]>> = {
  body_too_large: [413, 'The request is too large'],
  forbidden_host: [421, 'This host is not served here'],
  forbidden_origin: [403, 'Pages of this origin may not call this server'],
  internal: [500, 'Something went wrong on our side'],
  invalid_request: [400, 'The request is not what the API expects'],
  method_not_allowed: [405, 'This can only be asked for in other ways'],
  not_found: [404, 'There is no such thing'],
  too_many_requests: [429, 'Too many requests'],
  too_many_streams: [429, 'Too many open event streams'],
  unauthorized: [401, 'The token is missing, wrong or expired'],
  unavailable: [503, 'The service cannot answer right now'],
  unsupported_media_type: [415, 'The body must be application/json'],
};

/** What an engine's error means to a client; a code that is not here is a fault of ours. */
const CODES: Readonly<Partial<Record<ErrorCode, ProblemCode>>> = {
  CONVERSATION_NOT_FOUND: 'not_found',
  INPUT_INVALID: 'invalid_request',
  MESSAGE_TOO_LARGE: 'body_too_large',
  STORE_CONFLICT: 'unavailable',
  STORE_FAILED: 'unavailable',
  STORE_FULL: 'unavailable',
  STORE_READ_ONLY: 'unavailable',
  UNAUTHORIZED: 'unauthorized',
};

export function problemCodeOf(code: ErrorCode): ProblemCode {
  return CODES[code] ?? 'internal';
}

export function problem(
  code: ProblemCode,
  more: Pick<Problem, 'detail' | 'errors'> & { readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const [status, title] = TITLES[code];
  const { headers, ...parts } = more;
  const body: Problem = { type: `urn:usher:problem:${code}`, title, status, code, ...parts };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });
}
