import { jwtVerify } from 'jose';
import type { Json, JsonObject } from '../json.ts';

/**
 * Reads who a person is from a JWT that the shop's own server signed (HS256): the claim `user`, and `sub` as its `id`.
 *
 * @returns `undefined` for a token that is forged, expired, without `exp` or not about a person.
 */
export async function readUserToken(
  token: string,
  secret: string,
  now: number,
): Promise<JsonObject | undefined> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    });
    const user: unknown = payload['user'] ?? {};
    if (typeof user !== 'object' || user === null || Array.isArray(user)) return undefined;
    const facts = user as Record<string, Json>;
    return payload.sub === undefined ? facts : { ...facts, id: payload.sub };
  } catch {
    // Whatever jose found wrong, the token is not one of ours; it is no business of the caller's what it was.
    return undefined;
  }
}
