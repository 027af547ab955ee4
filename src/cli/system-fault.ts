import { EngineError } from '../errors.ts';

const full = new Set(['ENOSPC', 'EDQUOT']);
const closed = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EISDIR']);

/** What the operating system refused, as an error that says what to do; anything else as it was. */
export function systemFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return error;
  const code = String(error.code);
  const path = String(error.path);
  if (full.has(code)) {
    return new EngineError('STORE_FULL', `The disk is full: ${path} could not be written.`, {
      cause: error,
      fix: 'Make room, or set USHER_STATE to a folder on another disk. Nothing that was committed is lost.',
    });
  }
  if (closed.has(code)) {
    return new EngineError('STORE_READ_ONLY', `${path} cannot be read or written (${code}).`, {
      cause: error,
      fix: 'Give this user the right to it, or set USHER_STATE to a folder that can be written.',
    });
  }
  return error;
}
