import type { z } from '@hono/zod-openapi';
import { problemSchema } from '../api-schema.ts';

/** A JSON body for a route's description. */
export function json<Schema extends z.ZodType>(
  schema: Schema,
): { readonly content: { readonly 'application/json': { readonly schema: Schema } } } {
  return { content: { 'application/json': { schema } } };
}

interface ProblemResponse {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof problemSchema } };
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'The request is not what the API expects.',
  401: 'The token is missing, wrong or expired.',
  403: 'Pages of this origin may not call this server.',
  404: 'There is no such thing.',
  413: 'The request is too large.',
  415: 'The body must be application/json.',
  421: 'This host is not served here.',
  429: 'Too many requests; see Retry-After.',
  503: 'The service cannot answer right now; try again.',
};

/** How any route may fail: at the door, or because the store is full, failed or busy. */
const ANYWHERE = [403, 421, 429, 503];

/** How a route may fail: RFC 9457 problems by status; beside those of its own, those of every route. */
export function problems(...statuses: readonly number[]): Record<number, ProblemResponse> {
  return Object.fromEntries(
    [...statuses, ...ANYWHERE].map((status) => [
      status,
      {
        description: DESCRIPTIONS[status] ?? 'A problem.',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

/** The token that `POST /v1/conversations` gave. */
export const bearer: { readonly [name: string]: string[] }[] = [{ conversationToken: [] }];
