export interface Patience {
  /** Resolves later; sooner when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly patienceMs: number;
  /** Calls the work off. */
  readonly signal: AbortSignal;
}

/**
 * Works until it is called off, or nothing was heard for too long: a line that died says nothing.
 *
 * @param work - Gets a signal of its own, and what to call whenever something is heard.
 */
export async function withPatience<Result>(
  { wait, patienceMs, signal }: Patience,
  work: (signal: AbortSignal, heard: () => void) => Promise<Result>,
): Promise<Result> {
  const own = new AbortController();
  const giveUp = (): void => own.abort();
  let silence = new AbortController();
  const heard = (): void => {
    silence.abort();
    silence = new AbortController();
    const { signal: isBroken } = silence;
    void wait(patienceMs, isBroken).then(() => {
      if (!isBroken.aborted) giveUp();
    });
  };
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp);
  heard();
  try {
    return await work(own.signal, heard);
  } finally {
    silence.abort();
    signal.removeEventListener('abort', giveUp);
  }
}
