import type { GoldenResult, TurnOutcome } from '../testing/run-golden.ts';
import type { Colours } from './terminal.ts';

/** A failed dialogue as a diff: what was said on both sides, and where it left the script. */
export function renderFailure({ dialogue, turns }: GoldenResult, colours: Colours): string {
  const { file, line } = dialogue.position;
  const lastFailure = turns.findLastIndex(({ failures }) => failures.length > 0);
  const shown = turns.slice(0, lastFailure + 1);
  return [
    `${colours.red('✗')} ${colours.bold(dialogue.name)}  ${colours.dim(`${file}:${line}`)}`,
    ...shown.flatMap((turn) => renderTurn(turn, colours)),
  ].join('\n');
}

/** A turn as a diff: `-` what was expected, `+` what came instead. */
function renderTurn({ turn, seen, failures }: TurnOutcome, colours: Colours): readonly string[] {
  const { dim, red, green } = colours;
  const saysOther = failures.some(({ expectation: { kind } }) => kind.startsWith('bot_'));
  const said = seen.messages.map(({ source, text }) => {
    const line = `bot   ${text.replaceAll('\n', '\n          ')} ${dim(source ?? '')}`;
    return saysOther ? `  ${green('+')} ${line}` : `    ${line}`;
  });
  const other = new Set(
    failures.filter(({ expectation: { kind } }) => !kind.startsWith('bot_')).map(({ actual }) => actual),
  );
  return [
    `    ${dim('user')}  ${turn.user ?? dim('(time passes)')}`,
    ...failures.map(
      ({ expected, expectation }) =>
        `  ${red('-')} ${red(expected)} ${dim(`line ${expectation.position.line}`)}`,
    ),
    ...said,
    ...[...other].map((actual) => `  ${green('+')} ${green(actual)}`),
  ];
}
