import type { ConfirmStep } from '../../dialogue/program.ts';
import { isRepairGoal, nothingDone, repair } from './walk-repairs.ts';
import { choose, edgesFrom, expect, goOn, type Move, rankOf, say, type Walk } from './walk.ts';

/** Shows values and asks whether they are right: only a yes leads on to what is done with them. */
export function confirm(walk: Walk, flow: string, step: ConfirmStep): Move {
  const ask = (): void => {
    expect(walk, { kind: 'utter', response: step.utter });
  };
  ask();
  if (isRepairGoal(walk, flow, step.id)) {
    const repaired = repair(walk, flow, step, ask);
    if ('exit' in repaired) return repaired;
  }
  const yes = edgesFrom(walk, flow, step.id, 'yes');
  const no = edgesFrom(walk, flow, step.id, 'no');
  const rank = (edges: typeof yes): number => Math.min(...edges.map((edge) => rankOf(walk, flow, edge)));
  const agrees = choose(walk, [
    { rank: rank(yes), way: true },
    { rank: rank(no), way: false },
  ]);
  say(walk, { kind: 'phrase', phrase: agrees ? 'affirm' : 'deny' });
  if (agrees) return goOn(walk, flow, yes);
  expect(walk, ...nothingDone(walk, flow));
  return goOn(walk, flow, no);
}
