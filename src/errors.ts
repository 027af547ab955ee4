/** What went wrong, as a closed set that callers may branch on; pinned by `test/pins`. */
export type ErrorCode =
  | 'ACTION_FAILED'
  | 'ACTION_TIMEOUT'
  | 'ACTIONS_INVALID'
  | 'BOT_NOT_FOUND'
  | 'CONFIG_INVALID'
  | 'CONVERSATION_NOT_FOUND'
  | 'DATA_INVALID'
  | 'ENCODER_MISMATCH'
  | 'ENCODER_UNAVAILABLE'
  | 'FLOW_INVALID'
  | 'GENERATOR_UNAVAILABLE'
  | 'INPUT_INVALID'
  | 'INTERNAL'
  | 'KNOWLEDGE_INVALID'
  | 'MESSAGE_TOO_LARGE'
  | 'MODEL_INVALID'
  | 'MODEL_MISSING'
  | 'MODEL_WORSE'
  | 'PORT_TAKEN'
  | 'STORE_CONFLICT'
  | 'STORE_FAILED'
  | 'STORE_FULL'
  | 'STORE_READ_ONLY'
  | 'TESTS_FAILED'
  | 'TRAINING_DATA_INVALID'
  | 'UNAUTHORIZED'
  | 'USAGE';

/** One finding about a file of the bot, placed so that an editor can jump to it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Stable id in kebab-case; each has a section in `docs/checks.md`. */
  readonly rule: string;
  /** What is wrong, with the offending name quoted; one sentence. */
  readonly message: string;
  /** What to do about it; one sentence in the imperative. */
  readonly fix?: string | undefined;
  readonly position: Position;
}

/** A place in a bot's file; line and column count from 1, columns in UTF-16 code units. */
export interface Position {
  /** Path relative to the bot's folder, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface EngineErrorOptions extends ErrorOptions {
  /** What the reader can do about it; one sentence in the imperative. */
  readonly fix?: string | undefined;
  readonly diagnostics?: readonly Diagnostic[] | undefined;
}

/** Every error thrown on purpose. Branch on `code`; `message` and `fix` are for people. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError';
  readonly code: ErrorCode;
  readonly fix: string | undefined;
  /** Findings about files, in file order; empty when the fault is not in a file. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(code: ErrorCode, message: string, options: EngineErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.fix = options.fix;
    this.diagnostics = options.diagnostics ?? [];
  }
}
