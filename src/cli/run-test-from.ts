import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { BotFiles } from '../bot/bot-files.ts';
import { loadBot } from '../bot/load-bot.ts';
import { openLog } from '../compose-log.ts';
import { defaultLocale } from '../config.ts';
import type { TrackerEvent } from '../dialogue/tracker-event.ts';
import { EngineError } from '../errors.ts';
import { fromConversation } from '../testing/from-conversation.ts';
import { ExitCode, type CommandContext, type Invocation } from './command.ts';

/** Writes a golden dialogue of a conversation from the store. @throws EngineError `CONVERSATION_NOT_FOUND`. */
export async function runTestFrom(
  { options }: Invocation,
  files: BotFiles,
  { env, terminal, cwd }: CommandContext,
): Promise<ExitCode> {
  const id = String(options['from']);
  const bot = await loadBot(files, env);
  await using log = await openLog(bot);
  const summary = await log.conversation(id);
  if (!summary) {
    throw new EngineError('CONVERSATION_NOT_FOUND', `There is no conversation "${id}".`, {
      fix: '`usher inspect` lists them.',
    });
  }
  const [state, events] = await Promise.all([log.state(id), log.events(id, { last: mostEvents })]);
  const { locale = defaultLocale(bot.config) } = (state ?? {}) as { readonly locale?: string };
  const text = fromConversation(
    {
      ...{ id, locale, startedAt: summary.createdAt },
      events: events.map(({ kind, data }) => ({ kind, ...(data as object) }) as TrackerEvent),
    },
    bot.program,
  );
  const { out } = options;
  const folder = typeof out === 'string' ? resolve(cwd, out) : join(files.botDir, 'test/conversations');
  const file = join(folder, `from-${id.replace(/[^\p{L}\p{N}]+/gu, '-')}.yml`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  terminal.out(`Wrote ${relative(cwd, file)}.`);
  terminal.err(
    terminal.colours.yellow(
      'It holds what the customer wrote: look through it for personal data before you keep it.',
    ),
  );
  return ExitCode.ok;
}

/** A conversation longer than this is written down from its last part. */
const mostEvents = 5_000;
