/** The last parameter of every method that does I/O. */
export interface CallOptions {
  /** Cancels the call; it then rejects with `signal.reason`, never wrapped. */
  readonly signal?: AbortSignal | undefined;
}
