import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { FlowDefinition, Program } from '../../dialogue/program.ts';
import { EngineError } from '../../errors.ts';
import { nearestName } from '../../nearest-name.ts';
import { botOption, filesOf } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';

const formats = ['mermaid', 'stately', 'svg', 'html'] as const;
type Format = (typeof formats)[number];

export const visualize: Command = {
  name: 'visualize',
  summary: 'Draw a flow, or all of them.',
  description:
    'Writes a Mermaid flowchart, an SVG picture, an HTML page, or the XState machine that Stately opens. Questions are blue, actions yellow, other flows green, branches violet, people red; a dashed arrow is taken when something goes wrong.',
  arguments: [{ name: '[flow]', description: 'The id of a flow; all of the bot when absent.' }],
  options: [
    botOption,
    { flags: '--format <format>', description: 'mermaid, svg, html or stately.', default: 'mermaid' },
    { flags: '--out <file>', description: 'Where to write it; standard output when absent.' },
  ],
  examples: [
    { line: 'usher visualize request_refund', does: 'Prints a Mermaid flowchart for a README.' },
    { line: 'usher visualize --format html --out flows.html', does: 'Draws every flow on one page.' },
  ],

  async run(invocation, context) {
    const { loadBot } = await import('../../bot/load-bot.ts');
    const { program } = await loadBot(filesOf(invocation, context), context.env);
    const flows = chooseFlows(program, invocation.arguments[0]);
    const text = await draw(flows, program, readFormat(invocation.options['format']));
    const { out } = invocation.options;

    if (typeof out === 'string') await writeFile(resolve(context.cwd, out), text);
    else context.terminal.out(text.trimEnd());
    return ExitCode.ok;
  },
};

function readFormat(given: string | boolean | undefined): Format {
  const format = formats.find((each) => each === given);
  if (format) return format;
  throw new EngineError('USAGE', `There is no format "${String(given)}".`, {
    fix: `Use one of: ${formats.join(', ')}.`,
  });
}

function chooseFlows(program: Program, id: string | undefined): readonly FlowDefinition[] {
  const all = Object.values(program.flows);
  if (id === undefined) return all.filter(({ position }) => !position.file.startsWith('usher:'));
  const flow = all.find((each) => each.id === id);
  if (flow) return [flow];
  const near = nearestName(id, Object.keys(program.flows));
  throw new EngineError('USAGE', `There is no flow "${id}".`, {
    fix: near ? `Write "${near}".` : 'Name a flow of the bot.',
  });
}

async function draw(flows: readonly FlowDefinition[], program: Program, format: Format): Promise<string> {
  const { pictureFlow } = await import('../../dialogue/visualize/flow-picture.ts');
  const pictures = flows.map((flow) => pictureFlow(flow, program));
  switch (format) {
    case 'mermaid': {
      const { toMermaid } = await import('../../dialogue/visualize/to-mermaid.ts');
      return pictures.map(toMermaid).join('\n');
    }
    case 'svg': {
      const { toSvg } = await import('../../dialogue/visualize/to-svg.ts');
      return pictures.map(toSvg).join('\n');
    }
    case 'html': {
      const { toHtml } = await import('../../dialogue/visualize/to-html.ts');
      return toHtml(pictures);
    }
    case 'stately': {
      const { toStately } = await import('../../dialogue/visualize/to-stately.ts');
      const machines = flows.map((flow) => toStately(flow, program));
      return JSON.stringify(machines.length === 1 ? machines[0] : machines, undefined, 2);
    }
  }
}
