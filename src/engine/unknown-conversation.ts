import { EngineError } from '../errors.ts';

export function unknownConversation(id: string): EngineError {
  return new EngineError('CONVERSATION_NOT_FOUND', `There is no conversation "${id}".`, {
    fix: 'Look at the list of conversations for its id; it may have been forgotten.',
  });
}
