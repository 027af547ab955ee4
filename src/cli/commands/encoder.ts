import { isAbsolute, relative, resolve } from 'node:path';
import { EngineError } from '../../errors.ts';
import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

export const encoder: Command = {
  name: 'encoder',
  summary: 'Choose the sentence encoder that a bot understands with.',
  description:
    'Opens the encoder once, to see that it works, and writes it to usher.yml. A model trained with another encoder is not used any more: train again.',
  arguments: [
    { name: '<use>', description: '`use`.' },
    { name: '<encoder>', description: '`bundled`, `none`, or the folder of an ONNX encoder.' },
  ],
  options: [botOption],
  examples: [
    { line: 'usher encoder use encoders/all-MiniLM-L6-v2', does: 'Understands with an ONNX encoder.' },
    { line: 'usher encoder use none', does: 'Understands by n-grams alone.' },
  ],

  async run(invocation, context) {
    const [verb, named] = invocation.arguments;
    if (verb !== 'use' || named === undefined)
      throw new EngineError('USAGE', 'Say `usher encoder use` and the encoder.', {
        fix: '`usher encoder use bundled`, `none`, or a folder.',
      });
    const { botDir } = filesOf(invocation, context);
    const spec = ['bundled', 'none'].includes(named) ? named : fromBot(botDir, resolve(context.cwd, named));
    const { useEncoder } = await import('../use-encoder.ts');
    await useEncoder(botDir, spec, context.signal);
    context.terminal.out(`The bot understands with ${spec}. Train it again: usher train`);
    return ExitCode.ok;
  },
};

/** Within the bot's folder relative to it, so that the bot may move. */
function fromBot(botDir: string, folder: string): string {
  const path = relative(botDir, folder);
  return path.startsWith('..') || isAbsolute(path) ? folder : `./${path.replaceAll('\\', '/')}`;
}
