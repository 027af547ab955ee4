import type { BotFiles } from '../bot/bot-files.ts';
import { openLog } from '../compose-log.ts';
import { readConfig } from '../config.ts';
import { EngineError } from '../errors.ts';
import type { CommandContext } from './command.ts';

/** Deletes a conversation. @throws EngineError `CONVERSATION_NOT_FOUND`. */
export async function runForget(
  id: string,
  files: BotFiles,
  { env, terminal }: CommandContext,
): Promise<void> {
  await using store = await openLog({ files, config: readConfig(files.config?.text, env) });
  if (!(await store.forget(id))) {
    throw new EngineError('CONVERSATION_NOT_FOUND', `There is no conversation "${id}".`, {
      fix: '`usher inspect` lists them.',
    });
  }
  terminal.out(`Forgot ${id}.`);
}
