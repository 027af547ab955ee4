import type { ConversationLog, LogCursor } from '../store/conversation-log.ts';
import type { LiveUpdates } from './live-updates.ts';

export interface LogWatch {
  readonly log: ConversationLog;
  readonly updates: LiveUpdates;
  readonly everyMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Tells open streams of what timers and other processes wrote and forgot: one question each time, however many streams
 * are open.
 */
export function watchLog({ log, updates, everyMs, signal }: LogWatch): void {
  let seen: LogCursor | undefined;
  let isLooking = false;
  const look = async (): Promise<void> => {
    const { cursor, conversations } = await log.changes(seen);
    // The first look only learns where to begin, and of what is forgotten nothing is left: all look for themselves.
    if (cursor.forgotten !== seen?.forgotten) updates.publishToAll({ kind: 'committed' });
    else for (const conversation of conversations) updates.publish(conversation, { kind: 'committed' });
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
