import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../errors.ts';

/** The secret that signs conversation tokens: made at the first start, kept in the bot's state folder. */
export async function loadServerSecret(stateDir: string): Promise<string> {
  const file = join(stateDir, 'server-secret');
  try {
    await mkdir(stateDir, { recursive: true });
    try {
      // Only the first of several processes makes it.
      await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const secret = (await readFile(file, 'utf8')).trim();
    if (secret.length >= 32) return secret;
  } catch (error) {
    throw new EngineError('CONFIG_INVALID', `The server's secret cannot be kept in ${file}.`, {
      cause: error,
      fix: 'Make the folder writable.',
    });
  }
  throw new EngineError('CONFIG_INVALID', `${file} is damaged.`, {
    fix: 'Delete it; open conversations then need new tokens.',
  });
}
