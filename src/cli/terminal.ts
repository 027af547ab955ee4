/** The person's terminal, or the pipe in its place. */
export interface Terminal {
  /** Writes a line to standard output. */
  out(text: string): void;
  /** Writes a line to standard error. */
  err(text: string): void;
  /** Writes to standard output without a line break. */
  write(text: string): void;
  /** Lines of standard input, without their ends; ends with the input. Bytes that are no UTF-8 become U+FFFD. */
  lines(options?: { readonly prompt?: string }): AsyncIterable<string>;
  /** Whether a person sits at both ends. */
  readonly interactive: boolean;
  /** Columns. */
  readonly width: number;
  readonly colours: Colours;
  /** A bar on standard error: drawn on a terminal, a plain line at each tenth elsewhere. */
  progress(title: string): Progress;
}

export interface Progress {
  /** @param fraction - Done so far, 0 to 1. */
  update(fraction: number, detail?: string): void;
  done(message: string): void;
}

/** Each wraps a text in its colour, or leaves it where colours are off. */
export type Colours = Readonly<
  Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan', (text: string) => string>
>;
