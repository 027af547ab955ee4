import { ExitCode, type Command } from '../command.ts';

export const schema: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of flow files, for completion in an editor.',
  description:
    'Prints the schema that the loader itself is made from. Name it in a flow file, so that an editor with a YAML language server completes keys and explains them: # yaml-language-server: $schema=../flow-schema.json',
  examples: [{ line: 'usher schema > flow-schema.json', does: 'Keeps the schema beside the bot.' }],

  async run(_invocation, { terminal }) {
    const { flowSchemaJson } = await import('../../dialogue/flow-schema-json.ts');
    terminal.out(JSON.stringify(flowSchemaJson(), undefined, 2));
    return ExitCode.ok;
  },
};
