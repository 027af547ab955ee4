import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const start: Command = {
  name: 'start',
  summary: 'Serve the chat page and the API.',
  description:
    'Serves what `usher train` promoted, and refuses a model that is older than the files. Logs one JSON line a turn, without what was said. SIGTERM ends it once the turns under way are answered.',
  options: [
    botOption,
    { flags: '--port <port>', description: 'Instead of server.port and PORT.' },
    { flags: '--watch', description: 'Train and reload when a file changes: for authors.' },
    { flags: '--inspect', description: 'Show /inspect to this machine without a token: for development.' },
  ],
  examples: [{ line: 'usher train && usher start', does: 'Serves the page on http://localhost:3000.' }],

  async run(invocation, context) {
    const { runStart } = await import('../run-start.ts');
    await runStart(invocation, filesOf(invocation, context), context);
    return ExitCode.ok;
  },
};
