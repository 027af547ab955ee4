import { readConfig } from '../../config.ts';
import { EngineError } from '../../errors.ts';
import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const forget: Command = {
  name: 'forget',
  summary: 'Delete a conversation and all that belongs to it.',
  arguments: [{ name: '<conversation>', description: "The conversation's id." }],
  options: [botOption],
  examples: [{ line: 'usher forget web:8c1d', does: 'Deletes its messages, slots, traces and timers.' }],

  async run(invocation, context) {
    const { openLog } = await import('../../compose-log.ts');
    const files = filesOf(invocation, context);
    await using store = await openLog({ files, config: readConfig(files.config?.text, context.env) });
    const [id = ''] = invocation.arguments;
    if (!(await store.forget(id))) {
      throw new EngineError('CONVERSATION_NOT_FOUND', `There is no conversation "${id}".`, {
        fix: '`usher inspect` lists them.',
      });
    }
    context.terminal.out(`Forgot ${id}.`);
    return ExitCode.ok;
  },
};
