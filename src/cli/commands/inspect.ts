import type { ConversationReport } from '../../engine/report-of.ts';
import { readConfig } from '../../config.ts';
import { EngineError } from '../../errors.ts';
import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';
import { renderReport, renderSummaries } from '../render-report.ts';

export const inspect: Command = {
  name: 'inspect',
  summary: "Show a conversation's state, events and traces; without one, list them.",
  arguments: [{ name: '[conversation]', description: "A conversation's id, or the end of one." }],
  options: [botOption, { flags: '--json', description: 'Print one JSON value.' }],
  examples: [
    { line: 'usher inspect', does: 'Lists the conversations, the most recent first.' },
    { line: 'usher inspect terminal:7f3a', does: 'Shows what was said, understood, run and decided in it.' },
  ],

  async run(invocation, context) {
    const { openLog } = await import('../../compose-log.ts');
    const { terminal, env } = context;
    const files = filesOf(invocation, context);
    await using store = await openLog({ files, config: readConfig(files.config?.text, env) });
    const json = invocation.options['json'] === true;
    const [wanted] = invocation.arguments;
    const summaries = await store.conversations({ limit: 1000 });
    if (wanted === undefined) {
      terminal.out(
        json ? JSON.stringify(summaries, undefined, 2) : renderSummaries(summaries, terminal.colours),
      );
      return ExitCode.ok;
    }
    const matching = summaries.filter(({ id }) => id === wanted || id.endsWith(wanted));
    const summary = (await store.conversation(wanted)) ?? (matching.length === 1 ? matching[0] : undefined);
    if (!summary) {
      throw new EngineError('CONVERSATION_NOT_FOUND', `There is no conversation "${wanted}".`, {
        fix: '`usher inspect` lists them.',
      });
    }
    const { reportOf } = await import('../../engine/report-of.ts');
    const report: ConversationReport = await reportOf(store, summary);
    terminal.out(json ? JSON.stringify(report, undefined, 2) : renderReport(report, terminal.colours));
    return ExitCode.ok;
  },
};
