import { createHmac, timingSafeEqual } from 'node:crypto';

/** Tokens that open one conversation each: nothing is stored, and nobody without the secret can make one. */
export interface ConversationTokens {
  issue(conversation: string): string;
  accepts(conversation: string, token: string): boolean;
}

export function createConversationTokens(secret: string): ConversationTokens {
  const issue = (conversation: string): string =>
    createHmac('sha256', secret).update(`conversation ${conversation}`).digest('base64url');
  return { issue, accepts: (conversation, token) => sameText(issue(conversation), token) };
}

/** Compares in a time that tells nothing about where two texts of one length differ. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** @returns The token of an `Authorization: Bearer …` header. */
export function bearerOf(headers: Headers): string | undefined {
  return /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(headers.get('authorization') ?? '')?.[1];
}
