import type { ModelRegistry } from '../../nlu/model-registry.ts';
import { EngineError } from '../../errors.ts';
import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command, type CommandContext, type Invocation } from '../command.ts';

export const models: Command = {
  name: 'models',
  summary: 'Keep the models: list, show, promote, rollback, prune.',
  description:
    'list (the default) · show <id> · promote <id> · rollback (to the one promoted before) · prune (deletes old ones).',
  arguments: [
    { name: '[what]', description: 'list, show, promote, rollback or prune.' },
    { name: '[id]', description: 'A model.' },
  ],
  options: [
    botOption,
    { flags: '--keep <n>', description: 'How many of those promoted last prune keeps.', default: '3' },
    { flags: '--json', description: 'Print one JSON value.' },
  ],
  examples: [
    { line: 'usher models rollback', does: 'Lets the model answer that did before the last `usher train`.' },
  ],

  async run(invocation, context) {
    const { registryOf } = await import('../../bot/train-bot.ts');
    const { loadBot } = await import('../../bot/load-bot.ts');
    const registry = registryOf(await loadBot(filesOf(invocation, context), context.env));
    const [what = 'list', id] = invocation.arguments;
    switch (what) {
      case 'list':
        list(registry, invocation, context);
        break;
      case 'show': {
        const found = registry.list().find(({ manifest }) => manifest.id === id);
        if (!found) throw unknownModel(id);
        context.terminal.out(JSON.stringify(found, undefined, 2));
        break;
      }
      case 'promote':
        if (id === undefined) throw unknownModel(id);
        context.terminal.out(`${(await registry.promote(id, context.clock())).id} answers now.`);
        break;
      case 'rollback':
        context.terminal.out(`${(await registry.rollback(context.clock())).id} answers now.`);
        break;
      case 'prune':
        context.terminal.out(
          `Deleted ${(await registry.prune(Number(invocation.options['keep']))).length} models.`,
        );
        break;
      default:
        throw new EngineError('USAGE', `"${what}" is not one of list, show, promote, rollback, prune.`, {
          fix: '`usher models --help` teaches it.',
        });
    }
    return ExitCode.ok;
  },
};

function list(registry: ModelRegistry, { options }: Invocation, { terminal }: CommandContext): void {
  const kept = registry.list();
  if (options['json'] === true) {
    terminal.out(JSON.stringify(kept, undefined, 2));
    return;
  }
  if (kept.length === 0) terminal.out('There is no model yet: `usher train`.');
  for (const { manifest, isPromoted, promotedAt } of kept) {
    const { examples, heldOutAccuracy } = manifest.metrics;
    const when =
      promotedAt === undefined
        ? 'never promoted     '
        : new Date(promotedAt).toISOString().slice(0, 19).replace('T', ' ');
    const mark = isPromoted ? terminal.colours.green('▸') : ' ';
    terminal.out(
      `${mark} ${manifest.id}  ${when}  ${(heldOutAccuracy * 100).toFixed(1)} %  ${examples} utterances  data ${manifest.dataHash}`,
    );
  }
}

function unknownModel(id: string | undefined): EngineError {
  return new EngineError('MODEL_MISSING', id === undefined ? 'Name a model.' : `There is no model "${id}".`, {
    fix: '`usher models list` shows what there is.',
  });
}
