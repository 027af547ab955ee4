import { join, resolve } from 'node:path';
import type { Diagnostic } from '../../errors.ts';
import { readBotFiles } from '../../bot/bot-files.ts';
import { botOption } from '../bot-option.ts';
import { ExitCode, type Command } from '../command.ts';
import { renderDiagnostic } from '../render-error.ts';

export const check: Command = {
  name: 'check',
  summary: "Find what is wrong in the bot's files, with positions.",
  description:
    'Looks at usher.yml, flows, training data, articles, actions and golden dialogues, and proves what can be proved without running them. A folder of bots has each of them checked. docs/checks.md explains each rule. Exits with 1 when there is an error; --strict counts warnings too.',
  options: [
    botOption,
    { flags: '--strict', description: 'Exit with 1 on warnings too.' },
    { flags: '--json', description: 'Print one JSON array of findings.' },
    { flags: '--sarif', description: 'Print SARIF 2.1.0, for code hosts.' },
  ],
  examples: [
    { line: 'usher check', does: 'Prints each finding with the lines around it and the fix.' },
    { line: 'usher check --bot examples/travel --strict', does: 'Checks another bot, warnings included.' },
  ],

  async run(invocation, context) {
    const { checkBot } = await import('../../bot/check-bot.ts');
    const { botsIn } = await import('../../bot/bots-in.ts');
    const { terminal, cwd, env, readText } = context;
    const root = resolve(cwd, String(invocation.options['bot'] ?? '.'));
    const findings: Diagnostic[] = [];
    for (const bot of botsIn(root)) {
      const found = await checkBot(readBotFiles(join(root, bot), env['USHER_STATE']), env);
      findings.push(...found.map((finding) => under(bot, finding)));
    }
    const errors = count(findings, 'error');
    const warnings = count(findings, 'warning');

    if (invocation.options['json'] === true) terminal.out(JSON.stringify(findings, undefined, 2));
    else if (invocation.options['sarif'] === true) {
      const { toSarif } = await import('../../dialogue/checks/to-sarif.ts');
      terminal.out(JSON.stringify(toSarif(findings), undefined, 2));
    } else {
      const read = (file: string): readonly string[] | undefined => readText(join(root, file))?.split('\n');
      for (const finding of findings) terminal.out(`${renderDiagnostic(finding, terminal.colours, read)}\n`);
      terminal.out(summary(errors, warnings, terminal.colours));
    }
    return errors > 0 || (invocation.options['strict'] === true && warnings > 0)
      ? ExitCode.failed
      : ExitCode.ok;
  },
};

function under(bot: string, finding: Diagnostic): Diagnostic {
  const { position } = finding;
  return bot === '' ? finding : { ...finding, position: { ...position, file: `${bot}/${position.file}` } };
}

function count(findings: readonly Diagnostic[], severity: Diagnostic['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function summary(
  errors: number,
  warnings: number,
  { green, red, yellow }: { readonly [key in 'green' | 'red' | 'yellow']: (text: string) => string },
): string {
  if (errors + warnings === 0) return green('Nothing is wrong.');
  const text = `${errors} errors, ${warnings} warnings.`;
  return errors > 0 ? red(text) : yellow(text);
}
