/** What is open or shut, and can be waited for. */
export class Gate {
  #isOpen = true;
  #passers: (() => void)[] = [];

  get isOpen(): boolean {
    return this.#isOpen;
  }

  set isOpen(isOpen: boolean) {
    this.#isOpen = isOpen;
    if (isOpen) for (const pass of this.#passers.splice(0)) pass();
  }

  /** Resolves once it is open, or the signal aborts. */
  async pass(signal: AbortSignal): Promise<void> {
    while (!this.#isOpen && !signal.aborted)
      await new Promise<void>((resolve) => {
        const pass = (): void => {
          signal.removeEventListener('abort', pass);
          resolve();
        };
        this.#passers.push(pass);
        signal.addEventListener('abort', pass);
      });
  }
}
