import { existsSync } from 'node:fs';
import type { Bot } from './bot/load-bot.ts';
import { storePath } from './compose.ts';
import { EngineError } from './errors.ts';
import { openSqliteStore, type SqliteStore } from './store/sqlite-store.ts';

/**
 * Opens a bot's conversations without the bot: no model is needed to look at them.
 *
 * @throws EngineError `CONVERSATION_NOT_FOUND` when the bot never had any.
 */
export async function openLog({ files, config }: Pick<Bot, 'files' | 'config'>): Promise<SqliteStore> {
  const file = storePath(files.stateDir, config);
  if (!existsSync(file)) {
    throw new EngineError('CONVERSATION_NOT_FOUND', 'This bot has had no conversation yet.', {
      fix: 'Talk to it: `usher chat`.',
    });
  }
  return openSqliteStore({ file, synchronous: config.store.synchronous });
}
