import type { Payload } from './chat-state.ts';

/** A conversation on the server, and what opens it. */
export interface OpenedConversation {
  readonly id: string;
  readonly token: string;
}

/** What a browser remembers of a conversation. */
export interface Session {
  /** `undefined` until the server has opened it. */
  readonly opened?: OpenedConversation | undefined;
  /** Whose it is, where the page says who is signed in: nobody else goes on with it. */
  readonly person?: string | undefined;
  /** When something was last said; epoch milliseconds. */
  readonly lastAt: number;
  /** Said, and not known to have arrived. */
  readonly pending: readonly PendingMessage[];
  /** Whether a person of the shop answers: whoever waits for one may be silent for long. */
  readonly isWithPerson?: boolean | undefined;
  /** Whether the panel is open, from page to page; `undefined` until somebody opened or closed it. */
  readonly isOpen?: boolean | undefined;
  /** The bot's last message that was in view. */
  readonly seen?: string | undefined;
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
    if (typeof stored?.lastAt !== 'number' || !Array.isArray(stored.pending)) return undefined;
    return stored as Session;
  } catch {
    return undefined;
  }
}

/**
 * Writes how a tab's session changed. What other tabs of the same conversation have still to send, and what they know
 * better, stays.
 *
 * @param change.claims - Whether the browser goes on with this conversation, though another tab has begun another since.
 */
export function changeSession(
  storage: SessionStorage | undefined,
  key: string,
  { before, part, claims }: SessionChange,
): void {
  const stored = readSession(storage, key);
  const isSame = stored?.opened?.id === before.opened?.id;
  if (stored && !isSame && !claims) return;
  const kept = stored && isSame ? stored : before;
  const own = new Set(before.pending.map(({ id }) => id));
  const others = kept.pending.filter(({ id }) => !own.has(id));
  writeSession(storage, key, {
    ...kept,
    ...part,
    lastAt: Math.max(kept.lastAt, part.lastAt ?? 0),
    pending: [...others, ...(part.pending ?? before.pending)],
  });
}

export interface SessionChange {
  readonly before: Session;
  readonly part: Partial<Session>;
  readonly claims: boolean;
}

/** Forgets a tab's session, if it is the one that the browser would go on with. */
export function forgetSession(storage: SessionStorage | undefined, key: string, { opened }: Session): void {
  if (readSession(storage, key)?.opened?.id === opened?.id) writeSession(storage, key, undefined);
}

/** A browser that keeps nothing still chats; it only forgets when the page is loaded again. */
function writeSession(storage: SessionStorage | undefined, key: string, session: Session | undefined): void {
  try {
    if (session) storage?.setItem(key, JSON.stringify(session));
    else storage?.removeItem(key);
  } catch {
    // Full, or forbidden.
  }
}

/** @returns Whom a signed token is about. The server proves it; here one person is only told from another. */
export function personOf(userToken: string | undefined): string | undefined {
  if (userToken === undefined) return undefined;
  try {
    const claims = (userToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const { sub, user } = JSON.parse(atob(claims)) as { readonly sub?: string; readonly user?: unknown };
    return sub ?? JSON.stringify(user);
  } catch {
    return userToken;
  }
}
