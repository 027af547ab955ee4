import { HTTPException } from 'hono/http-exception';
import { problem, type ProblemCode } from './problem.ts';

/** Ends a request with a problem. */
export function refuse(code: ProblemCode, more?: Parameters<typeof problem>[1]): never {
  const response = problem(code, more);
  throw new HTTPException(response.status as 400, { res: response });
}
