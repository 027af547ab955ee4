import type { ConversationLog } from '../store/conversation-log.ts';
import type { LiveUpdates } from './live-updates.ts';

export interface LogWatch {
  readonly log: ConversationLog;
  readonly updates: LiveUpdates;
  readonly everyMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Tells open streams of what timers and other processes wrote: one question each time, however many streams are open.
 *
 * What it misses, because the store was busy or ids came again after something was forgotten, a stream's next heartbeat finds.
 */
export function watchLog({ log, updates, everyMs, signal }: LogWatch): void {
  // So the first look, which only learns where to begin, tells all to look for themselves.
  let seen = Infinity;
  let isLooking = false;
  const look = async (): Promise<void> => {
    const { cursor, conversations } = await log.changes(seen);
    if (cursor < seen) updates.publishToAll({ kind: 'committed' });
    for (const conversation of conversations) updates.publish(conversation, { kind: 'committed' });
    seen = cursor;
  };
  const lookOnce = (): void => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch(() => undefined)
      .finally(() => {
        isLooking = false;
      });
  };
  const timer = setInterval(lookOnce, everyMs).unref();
  signal.addEventListener('abort', () => clearInterval(timer));
}
