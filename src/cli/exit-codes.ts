import { EngineError, type ErrorCode } from '../errors.ts';
import { ExitCode } from './command.ts';

/** What a process ends with for each error; documented in `docs/cli.md`. */
export const exitCodes: Readonly<Record<ErrorCode, ExitCode>> = {
  ACTION_FAILED: ExitCode.failed,
  ACTION_TIMEOUT: ExitCode.failed,
  ACTIONS_INVALID: ExitCode.invalidBot,
  BOT_NOT_FOUND: ExitCode.usage,
  CONFIG_INVALID: ExitCode.invalidBot,
  CONVERSATION_NOT_FOUND: ExitCode.failed,
  DATA_INVALID: ExitCode.invalidBot,
  ENCODER_MISMATCH: ExitCode.failed,
  ENCODER_UNAVAILABLE: ExitCode.environment,
  FLOW_INVALID: ExitCode.invalidBot,
  GENERATOR_UNAVAILABLE: ExitCode.environment,
  INPUT_INVALID: ExitCode.failed,
  INTERNAL: ExitCode.internal,
  KNOWLEDGE_INVALID: ExitCode.invalidBot,
  MESSAGE_TOO_LARGE: ExitCode.failed,
  MODEL_INVALID: ExitCode.failed,
  MODEL_MISSING: ExitCode.failed,
  MODEL_WORSE: ExitCode.failed,
  PORT_TAKEN: ExitCode.environment,
  STORE_CONFLICT: ExitCode.environment,
  STORE_FAILED: ExitCode.environment,
  STORE_FULL: ExitCode.environment,
  STORE_READ_ONLY: ExitCode.environment,
  TESTS_FAILED: ExitCode.failed,
  TRAINING_DATA_INVALID: ExitCode.invalidBot,
  UNAUTHORIZED: ExitCode.failed,
  USAGE: ExitCode.usage,
};

export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof EngineError ? exitCodes[error.code] : ExitCode.internal;
}
