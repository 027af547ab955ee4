import { EngineError } from '../errors.ts';

/** Turns what better-sqlite3 throws into a fault that says what to do; passes everything else through. */
export function sqliteFault(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  if (code === 'SQLITE_FULL') {
    return new EngineError(
      'STORE_FULL',
      `The disk that holds ${file} is full; nothing of this was written.`,
      {
        cause: error,
        fix: 'Free space on that disk, or move the bot’s state with USHER_STATE; then send the message again.',
      },
    );
  }
  if (isReadOnly(code)) {
    return new EngineError('STORE_READ_ONLY', `The conversation store ${file} cannot be written.`, {
      cause: error,
      fix: 'Make the file and its folder writable for this user, or move the bot’s state with USHER_STATE.',
    });
  }
  return new EngineError('STORE_FAILED', `The conversation store ${file} failed: ${messageOf(error)}.`, {
    cause: error,
    fix:
      fixes[code] ?? 'Look at the disk and the file’s permissions; a damaged file must come from a backup.',
  });
}

/** Whether an error is SQLite saying that another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error)?.startsWith('SQLITE_BUSY') ?? false;
}

const fixes: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'Another process has held the store for seconds: stop it, or wait for it to finish.',
  SQLITE_NOTADB: 'The file is not a store of Usher: move it away, and a new one is made.',
  SQLITE_CORRUPT: 'The file is damaged: restore it from a backup, or move it away and a new one is made.',
};

function isReadOnly(code: string): boolean {
  return (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'SQLITE_PERM' ||
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM'
  );
}

const fileCodes: ReadonlySet<string> = new Set(['EACCES', 'EROFS', 'EPERM']);

function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  if (error.code === 'ENOSPC') return 'SQLITE_FULL';
  return error.code.startsWith('SQLITE_') || fileCodes.has(error.code) ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
