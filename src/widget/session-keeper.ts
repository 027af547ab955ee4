import {
  changeSession,
  forgetSession,
  personOf,
  readSession,
  type Session,
  type SessionStorage,
} from './session.ts';

export interface SessionKeeperOptions {
  readonly storage?: SessionStorage | undefined;
  readonly key: string;
  readonly userToken?: (() => string | undefined) | undefined;
  /** After this long without a word, a conversation is over. */
  readonly idleMs: number;
  readonly now: () => number;
}

/** Who waits for a person of the shop may be silent for longer. */
const PERSON_IDLE_MS = 12 * 3_600_000;

/** A tab's session, and what the browser keeps of it. */
export class SessionKeeper {
  readonly #options: SessionKeeperOptions;
  #session: Session;

  constructor(options: SessionKeeperOptions) {
    this.#options = options;
    this.#session = this.#remembered() ?? this.#fresh();
  }

  get session(): Session {
    return this.#session;
  }

  /** Whether the page says that somebody else is signed in than the session's person. */
  get isSomebodyElses(): boolean {
    return this.#person !== this.#session.person;
  }

  /** Until the conversation is over, in milliseconds; words in other tabs count. */
  get msLeft(): number {
    const { storage, key, now } = this.#options;
    const stored = readSession(storage, key);
    const isSame = stored?.opened?.id === this.#session.opened?.id;
    const lastAt = Math.max(this.#session.lastAt, stored && isSame ? stored.lastAt : 0);
    return lastAt + this.#idleMsOf(this.#session) - now();
  }

  /** @param claims - Whether the browser goes on with this session, though another tab has begun another since. */
  change(part: Partial<Session>, claims = false): void {
    const before = this.#session;
    this.#session = { ...before, ...part };
    changeSession(this.#options.storage, this.#options.key, { before, part, claims });
  }

  /** The server has no such conversation any more: what was not sent waits for the next one. */
  leaveConversation(): void {
    const { person, lastAt, pending, isOpen } = this.#session;
    this.#session = { person, lastAt, pending, isOpen };
  }

  forget(): void {
    forgetSession(this.#options.storage, this.#options.key, this.#session);
  }

  /** Begins a session that the browser knows nothing of yet. */
  begin(): void {
    this.#session = { ...this.#fresh(), isOpen: this.#session.isOpen };
  }

  /** Goes on with what the browser remembers of who is signed in now, or begins anew. */
  goOn(): void {
    const { isOpen } = this.#session;
    this.#session = { ...(this.#remembered() ?? this.#fresh()), isOpen };
  }

  get #person(): string | undefined {
    return personOf(this.#options.userToken?.());
  }

  #fresh(): Session {
    return { person: this.#person, lastAt: this.#options.now(), pending: [] };
  }

  #remembered(): Session | undefined {
    const { storage, key, now } = this.#options;
    const session = readSession(storage, key);
    if (!session || session.person !== this.#person) return undefined;
    return now() - session.lastAt < this.#idleMsOf(session) ? session : undefined;
  }

  #idleMsOf({ isWithPerson }: Session): number {
    const { idleMs } = this.#options;
    return isWithPerson === true ? Math.max(idleMs, PERSON_IDLE_MS) : idleMs;
  }
}
