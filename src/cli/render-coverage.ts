import type { Position } from '../errors.ts';
import { percentOf, type Coverage, type Covered } from '../testing/coverage/measure-coverage.ts';
import type { Colours } from './terminal.ts';

/** One line: how much of the flows the dialogues take. */
export function renderCoverage({ transitions, repairs }: Coverage, listed: boolean): string {
  const rest = transitions.uncovered.length + repairs.uncovered.length;
  const hint = rest > 0 && !listed ? '; --coverage lists the rest, --generate writes dialogues for it' : '';
  return `Covered: ${share(transitions)} transitions, ${share(repairs)} repairs at questions${hint}.`;
}

function share(counts: Covered<unknown>): string {
  return `${counts.covered} of ${counts.total} (${percentOf(counts).toFixed(1)} %)`;
}

/** What no dialogue takes, each with its place. */
export function renderUncovered({ transitions, repairs }: Coverage, { dim }: Colours): string {
  const lines = [
    ...transitions.uncovered.map(
      ({ position, flow, from, cause, to }) =>
        `${place(position)}  ${flow}: ${from}, ${cause} ${dim(`→ ${to}`)}`,
    ),
    ...repairs.uncovered.map(
      ({ position, flow, step, kind }) => `${place(position)}  ${flow}: ${step}, ${kind.replace('_', ' ')}`,
    ),
  ];
  return lines.length === 0 ? '' : `No dialogue takes:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

function place({ file, line }: Position): string {
  return `${file}:${line}`;
}

export function coverageJson({ transitions, repairs }: Coverage): object {
  const counts = (covered: Covered<{ readonly id: string; readonly position: Position }>): object => ({
    total: covered.total,
    covered: covered.covered,
    percent: percentOf(covered),
    uncovered: covered.uncovered,
  });
  return { transitions: counts(transitions), repairs: counts(repairs) };
}
