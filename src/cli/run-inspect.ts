import type { BotFiles } from '../bot/bot-files.ts';
import { openLog } from '../compose-log.ts';
import { readConfig } from '../config.ts';
import { reportOf } from '../engine/report-of.ts';
import { EngineError } from '../errors.ts';
import type { ConversationSummary } from '../store/conversation-log.ts';
import type { CommandContext } from './command.ts';
import { renderReport, renderSummaries } from './render-report.ts';

const mostListed = 1000;

/** Shows a conversation, or lists them. @throws EngineError `CONVERSATION_NOT_FOUND`. */
export async function runInspect(
  wanted: string | undefined,
  json: boolean,
  files: BotFiles,
  { env, terminal }: CommandContext,
): Promise<void> {
  await using store = await openLog({ files, config: readConfig(files.config?.text, env) });
  const summaries = await store.conversations({ limit: mostListed });
  if (wanted === undefined) {
    terminal.out(
      json ? JSON.stringify(summaries, undefined, 2) : renderSummaries(summaries, terminal.colours),
    );
    return;
  }
  const summary = (await store.conversation(wanted)) ?? onlyEndingIn(wanted, summaries);
  if (!summary) {
    throw new EngineError('CONVERSATION_NOT_FOUND', `There is no conversation "${wanted}".`, {
      fix: '`usher inspect` lists them.',
    });
  }
  const report = await reportOf(store, summary);
  terminal.out(json ? JSON.stringify(report, undefined, 2) : renderReport(report, terminal.colours));
}

function onlyEndingIn(
  end: string,
  summaries: readonly ConversationSummary[],
): ConversationSummary | undefined {
  const matching = summaries.filter(({ id }) => id.endsWith(end));
  return matching.length === 1 ? matching[0] : undefined;
}
