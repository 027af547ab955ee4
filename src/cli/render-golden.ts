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

function renderTurn({ turn, seen, failures }: TurnOutcome, colours: Colours): readonly string[] {
  const said = seen.messages.map(
    ({ source, text }) =>
      `    ${colours.dim('bot ')}  ${text.replaceAll('\n', '\n          ')} ${colours.dim(source ?? '')}`,
  );
  return [
    `    ${colours.dim('user')}  ${turn.user ?? ''}`,
    ...said,
    ...failures.map(
      ({ message, expectation }) =>
        `  ${colours.red('-')} ${message} ${colours.dim(`line ${expectation.position.line}`)}`,
    ),
  ];
}
