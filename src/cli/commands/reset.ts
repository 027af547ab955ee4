import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { EngineError } from '../../errors.ts';
import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const reset: Command = {
  name: 'reset',
  summary: 'Forget everything Usher wrote for a bot: models, conversations, databases.',
  description:
    "Deletes the bot's state folder (.usher, or USHER_STATE). Asks first; --yes answers it. The bot's own files stay.",
  options: [botOption, { flags: '--yes', description: 'Do not ask.' }],
  examples: [
    { line: 'usher reset --yes', does: 'Starts afresh: the next chat trains again, with an empty store.' },
  ],

  async run(invocation, context) {
    const { terminal } = context;
    const { stateDir } = filesOf(invocation, context);
    if (!existsSync(stateDir)) {
      terminal.out('There is nothing to forget.');
      return ExitCode.ok;
    }
    if (invocation.options['yes'] !== true && !(await agrees(stateDir, context))) return ExitCode.failed;
    await rm(stateDir, { recursive: true, force: true });
    terminal.out(`Deleted ${stateDir}.`);
    return ExitCode.ok;
  },
};

async function agrees(folder: string, { terminal }: Parameters<Command['run']>[1]): Promise<boolean> {
  if (!terminal.interactive)
    throw new EngineError('USAGE', `This deletes ${folder}.`, { fix: 'Say --yes to do it.' });
  for await (const line of terminal.lines({
    prompt: `Delete ${folder} with its models and conversations? [y/N] `,
  })) {
    return /^y(es)?$/i.test(line.trim());
  }
  return false;
}
