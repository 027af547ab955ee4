import { EngineError } from '../errors.ts';

/** The fault of touching a conversation that another living process is in the middle of a turn of. */
export function beingAnswered(conversation: string): EngineError {
  return new EngineError('STORE_CONFLICT', `Another process is answering conversation ${conversation}.`, {
    fix: 'Try again in a moment.',
  });
}
