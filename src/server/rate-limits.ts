import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ServerLimits } from './server-options.ts';

/** How often may be asked, in one process. */
export interface RateLimits {
  /** @returns Seconds to wait, or 0. */
  request(address: string): Promise<number>;
  conversation(address: string): Promise<number>;
  message(conversation: string): Promise<number>;
}

export function createRateLimits(limits: ServerLimits): RateLimits {
  return {
    request: limiter(limits.requestsPerAddress),
    conversation: limiter(limits.conversationsPerAddress),
    message: limiter(limits.messagesPerConversation),
  };
}

function limiter(points: number): (key: string) => Promise<number> {
  const minute = new RateLimiterMemory({ points, duration: 60 });
  return async (key) => {
    try {
      await minute.consume(key);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  };
}
