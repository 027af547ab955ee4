import { describe, expect, test } from 'vitest';
import { ExitCode, type Command } from '../../src/cli/command.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { EngineError } from '../../src/errors.ts';
import { commandContext, createMemoryTerminal } from './memory-terminal.ts';

const echo: Command = {
  name: 'echo',
  summary: 'Say it again.',
  arguments: [{ name: '<text>', description: 'What to say.' }],
  options: [{ flags: '--loud', description: 'Shout.' }],
  examples: [{ line: 'usher echo hi', does: 'Says hi.' }],
  run({ arguments: [text = ''], options }, { terminal }) {
    terminal.out(options['loud'] === true ? text.toUpperCase() : text);
    return Promise.resolve(ExitCode.ok);
  },
};

function failing(error: Error): Command {
  return { name: 'fail', summary: 'Fail.', run: () => Promise.reject(error) };
}

async function run(line: readonly string[], command: Command = echo, files: Record<string, string> = {}) {
  const terminal = createMemoryTerminal();
  const context = commandContext(terminal, { cwd: '/bot', readText: (path) => files[path] });
  const code = await runCli(line, [command], context);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('runCli', () => {
  test('a command gets its arguments and options', async () => {
    expect(await run(['echo', 'hi', '--loud'])).toMatchObject({ code: 0, stdout: 'HI\n' });
  });

  test('help goes to standard output, with examples', async () => {
    const { code, stdout } = await run(['echo', '--help']);
    expect(code).toBe(ExitCode.ok);
    expect(stdout).toContain('Usage: usher echo [options] <text>');
    expect(stdout).toContain('usher echo hi');
  });

  test('the version is printed', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: '1.2.3\n' });
  });

  test.each([[['nonsense']], [['echo']], [['echo', 'a', '--wrong']]])(
    '%j is a usage error on standard error',
    async (line) => {
      const { code, stdout, stderr } = await run(line);
      expect(code).toBe(ExitCode.usage);
      expect(stdout).toBe('');
      expect(stderr).toContain('error:');
    },
  );

  test('a finding about a file is shown with its lines and a fix', async () => {
    const error = new EngineError('FLOW_INVALID', 'The flows are not valid.', {
      diagnostics: [
        {
          severity: 'error',
          rule: 'unknown-slot',
          message: 'The slot "orderid" is unknown.',
          fix: 'Did you mean "order_id"?',
          position: { file: 'flows/a.yml', line: 2, column: 12 },
        },
      ],
    });
    const { code, stderr } = await run(['fail'], failing(error), {
      '/bot/flows/a.yml': 'steps:\n  collect: orderid\n  next: END\n',
    });
    expect(code).toBe(ExitCode.invalidBot);
    expect(stderr).toBe(
      [
        'error The flows are not valid. [FLOW_INVALID]',
        'flows/a.yml:2:12 error The slot "orderid" is unknown. unknown-slot',
        '  1 │ steps:',
        '  2 │   collect: orderid',
        '    │            ^',
        '  3 │   next: END',
        '  fix: Did you mean "order_id"?',
        '',
      ].join('\n'),
    );
  });

  test('a fault of ours says so and ends with 70', async () => {
    const { code, stderr } = await run(['fail'], failing(new TypeError('boom')));
    expect(code).toBe(ExitCode.internal);
    expect(stderr).toContain('fault of Usher itself');
    expect(stderr).toContain('boom');
  });
});
