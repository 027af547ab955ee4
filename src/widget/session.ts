import type { Payload } from './chat-state.ts';

/** What a browser remembers of a conversation. */
export interface Session {
  readonly id: string;
  readonly token: string;
  /** When something was last said; epoch milliseconds. */
  readonly lastAt: number;
  /** Said, and not known to have arrived. */
  readonly pending: readonly PendingMessage[];
}

export interface PendingMessage {
  readonly id: string;
  readonly text: string;
  readonly payload?: Payload | undefined;
  readonly at: number;
}

/** The part of `localStorage` that is used; it may be absent or refuse. */
export interface SessionStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export function readSession(storage: SessionStorage | undefined, key: string): Session | undefined {
  try {
    const stored = JSON.parse(storage?.getItem(key) ?? 'null') as Partial<Session> | null;
    if (typeof stored?.id !== 'string' || typeof stored.token !== 'string') return undefined;
    return { id: stored.id, token: stored.token, lastAt: stored.lastAt ?? 0, pending: stored.pending ?? [] };
  } catch {
    return undefined;
  }
}

/** A browser that keeps nothing still chats; it only forgets when the page is loaded again. */
export function writeSession(
  storage: SessionStorage | undefined,
  key: string,
  session: Session | undefined,
): void {
  try {
    if (session) storage?.setItem(key, JSON.stringify(session));
    else storage?.removeItem(key);
  } catch {
    // Full, or forbidden.
  }
}
